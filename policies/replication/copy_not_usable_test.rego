package seaworthy.replication.copy_not_usable_test

import data.seaworthy.replication.copy_not_usable

test_fail_copy_failed if {
	copy_not_usable.deny == {{
		"message": "its recovery point in us-west-2 cannot be restored from: its state is partial",
		"fact": "joined.copies",
		"actual": "partial",
		"required": "available",
		"details": {"copy": "point-1"},
	}} with input as _input("recovery-point", "partial", false)
}

test_pass_copy_is_available if {
	copy_not_usable.deny == set() with input as _input("snapshot", "available", true)
	copy_not_usable.applies with input as _input("snapshot", "available", true)
}

test_pass_replicas_are_judged_elsewhere if {
	copy_not_usable.deny == set() with input as _input("replica", "stopped", false)
}

test_unknown_copies if {
	copy_not_usable.deny == set() with input as {"joined": {}}
}

_input(mechanism, state, usable) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "none"},
	"joined": {"copies": [{
		"id": "point-1",
		"mechanism": mechanism,
		"region": "us-west-2",
		"state": state,
		"usable": usable,
	}]},
}

test_not_applicable_without_a_stored_copy if {
	not copy_not_usable.arises with input as _input("replica", "available", false)
	copy_not_usable.arises with input as _input("snapshot", "available", false)
}

test_pass_what_nobody_may_open_is_told_elsewhere if {
	shut := object.union(_input("recovery-point", "completed", false).joined.copies[0], {"opening": {"opens": false}})
	copy_not_usable.deny == set() with input as {"replication": {"role": "none"}, "joined": {"copies": [shut]}}
}
