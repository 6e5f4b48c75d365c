package seaworthy.change.security_group_rule_removed_test

import data.seaworthy.change.security_group_rule_removed

test_fail_closed if {
	security_group_rule_removed.deny == {{
		"message": "does not let tcp 5432 from group app through any more, before the change it did",
		"fact": "joined.closed_rules",
		"actual": null,
		"required": "tcp 5432 from group app",
	}} with input as _input(["us-east-1"], ["tcp 5432 from group app"])
	security_group_rule_removed.applies with input as _input(["us-east-1"], ["tcp 5432 from group app"])
}

test_pass_nothing_closed if {
	security_group_rule_removed.deny == set() with input as _input(["us-east-1"], [])
	security_group_rule_removed.applies with input as _input(["us-east-1"], [])
}

test_not_applicable_where_nothing_comes_back if {
	not security_group_rule_removed.applies with input as _input([], ["tcp 5432 from group app"])
}

test_not_applicable_deleted if {
	not security_group_rule_removed.applies with input as {
		"change": {"action": "delete"},
		"joined": {"stands_in_for": ["us-east-1"]},
	}
}

test_unknown_rules if {
	security_group_rule_removed.deny == set() with input as {
		"change": {"action": "update"},
		"joined": {"stands_in_for": ["us-east-1"]},
	}
}

_input(regions, closed) := {
	"change": {"action": "update"},
	"joined": {"stands_in_for": regions, "closed_rules": closed},
}
