package seaworthy.change.standby_deleted_test

import data.seaworthy.change.standby_deleted

test_fail_deleted if {
	standby_deleted.deny == {{
		"message": "is deleted, what comes back here from eu-west-1, us-east-1 requires it",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as _input("delete", ["eu-west-1", "us-east-1"])
	standby_deleted.applies with input as _input("delete", ["eu-west-1", "us-east-1"])
}

test_pass_made_anew if {
	standby_deleted.deny == set() with input as _input("replace", ["us-east-1"])
	standby_deleted.applies with input as _input("replace", ["us-east-1"])
}

test_not_applicable_where_nothing_comes_back if {
	not standby_deleted.applies with input as _input("delete", [])
}

test_not_applicable_new if {
	not standby_deleted.applies with input as _input("create", ["us-east-1"])
}

test_unknown_place if {
	not standby_deleted.applies with input as {
		"kind": "aws.ecs.service",
		"change": {"action": "delete"},
		"joined": {},
	}
	standby_deleted.deny == set() with input as {
		"kind": "aws.ecs.service",
		"change": {"action": "delete"},
		"joined": {},
	}
}

test_fail_definition if {
	standby_deleted.applies with input as _definition(false)
}

test_not_applicable_definition_that_stays if {
	not standby_deleted.applies with input as _definition(true)
}

_definition(kept) := {
	"kind": "aws.ecs.task-definition",
	"change": {"action": "delete"},
	"before": {"protection": {"kept_when_deleted": kept}},
	"joined": {"stands_in_for": ["us-east-1"]},
}

_input(action, regions) := {"kind": "aws.ecs.service", "change": {"action": action}, "joined": {"stands_in_for": regions}}
