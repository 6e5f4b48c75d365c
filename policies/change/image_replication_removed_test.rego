package seaworthy.change.image_replication_removed_test

import data.seaworthy.change.image_replication_removed

test_fail_rule_removed if {
	image_replication_removed.deny == {_finding([])} with input as _input("update", [_rule([])], [])
}

test_fail_deleted if {
	image_replication_removed.deny == {_finding([])} with input as _input("delete", [_rule([])], [_rule([])])
}

test_fail_for_fewer_repositories if {
	image_replication_removed.deny == {_finding([])} with input as _input("update", [_rule([])], [_rule(["team/"])])
}

test_fail_for_other_repositories if {
	image_replication_removed.deny == {_finding(["a/"])} with input as _input("update", [_rule(["a/"])], [_rule(["b/"])])
}

test_pass_for_more_repositories if {
	image_replication_removed.deny == set() with input as _input("update", [_rule(["a/"])], [_rule([])])
}

test_pass_by_a_shorter_prefix if {
	shorter := _input("update", [_rule(["team/shop"])], [_rule(["team/"])])
	image_replication_removed.deny == set() with input as shorter
	image_replication_removed.applies with input as shorter
}

test_unknown_rules if {
	image_replication_removed.applies with input as {
		"change": {"action": "update"},
		"before": {"registry": {"rules": [_rule([])]}},
		"registry": {},
	}
}

test_not_applicable_without_rules_before if {
	not image_replication_removed.applies with input as _input("update", [], [_rule([])])
}

_rule(prefixes) := {"region": "us-west-2", "account": "111122223333", "prefixes": prefixes}

_finding(prefixes) := {
	"message": "images are not replicated to us-west-2 any more, before the change they were",
	"fact": "registry.rules",
	"actual": null,
	"required": "us-west-2",
	"details": {"account": "111122223333", "prefixes": prefixes, "region": "us-west-2"},
}

_input(action, before, after) := {
	"change": {"action": action},
	"before": {"registry": {"rules": before}},
	"registry": {"rules": after},
}
