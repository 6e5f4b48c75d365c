package seaworthy.change.final_snapshot_turned_off_test

import data.seaworthy.change.final_snapshot_turned_off

test_fail_turned_off if {
	final_snapshot_turned_off.deny == {{
		"message": "no final snapshot is taken on deletion, before the change it was",
		"fact": "protection.final_snapshot",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	final_snapshot_turned_off.deny == set() with input as _change(true, true)
	final_snapshot_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	final_snapshot_turned_off.deny == set() with input as _change(false, false)
}

test_fail_promoted_replica if {
	promoted := {
		"kind": "aws.rds.instance",
		"change": {"action": "update"},
		"replication": {"role": "none"},
		"protection": {"final_snapshot": false},
		"before": {"replication": {"role": "replica"}, "protection": {"final_snapshot": true}},
	}
	final_snapshot_turned_off.applies with input as promoted
	final_snapshot_turned_off.deny == {{
		"message": "no final snapshot is taken on deletion, before the change it was",
		"fact": "protection.final_snapshot",
		"actual": false,
		"required": true,
	}} with input as promoted
}

test_not_applicable_replica if {
	not final_snapshot_turned_off.applies with input as {
		"kind": "aws.rds.instance",
		"change": {"action": "update"},
		"replication": {"role": "replica"},
		"before": {"replication": {"role": "replica"}},
	}
}

test_not_applicable_new_resource if {
	not final_snapshot_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	final_snapshot_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"protection": {},
		"before": {"protection": {"final_snapshot": true}},
	}
}

_change(before, after) := {
	"kind": "aws.rds.instance",
	"change": {"action": "update"},
	"replication": {"role": "none"},
	"protection": {"final_snapshot": after},
	"before": {"replication": {"role": "none"}, "protection": {"final_snapshot": before}},
}
