package seaworthy.network.security_group_rules_differ_test

import data.seaworthy.network.security_group_rules_differ

test_fail_a_rule_is_missing if {
	security_group_rules_differ.deny == {{
		"message": concat("", [
			"its counterpart in us-west-2 does not let through tcp 5432 from group app, ",
			"tcp 5432 from 10.0.0.0/16, the same as here is required",
		]),
		"fact": "joined.missing_rules",
		"actual": ["tcp 5432 from group app", "tcp 5432 from 10.0.0.0/16"],
		"required": [],
		"details": {"counterpart": "sg-west"},
	}} with input as _group({"missing_rules": ["tcp 5432 from group app", "tcp 5432 from 10.0.0.0/16"]})
}

test_pass_same_rules if {
	security_group_rules_differ.deny == set() with input as _group({"missing_rules": []})
	security_group_rules_differ.applies with input as _group({"missing_rules": []})
}

test_not_applicable_without_a_counterpart if {
	not security_group_rules_differ.applies with input as {"joined": {
		"recovery_region": "us-west-2",
		"counterpart": null,
	}}
}

test_not_applicable_without_a_recovery_region if {
	not security_group_rules_differ.applies with input as _group({"recovery_region": null})
}

test_unknown_rules if {
	security_group_rules_differ.deny == set() with input as _group({})
}

_group(joined) := {"joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "counterpart": {"id": "sg-west"}},
	joined,
)}
