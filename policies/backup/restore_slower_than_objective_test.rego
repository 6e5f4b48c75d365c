package seaworthy.backup.restore_slower_than_objective_test

import data.seaworthy.backup.restore_slower_than_objective

test_fail_slower if {
	restore_slower_than_objective.deny == {{
		"message": "its restore took 91 minutes, at most 60 minutes are allowed",
		"fact": "joined.restore_seconds",
		"actual": 91,
		"required": 60,
	}} with input as {"joined": {"rto_minutes": 60, "restore_seconds": 5410}}
}

test_pass_fast_enough if {
	restore_slower_than_objective.deny == set() with input as {"joined": {"rto_minutes": 60, "restore_seconds": 600}}
	restore_slower_than_objective.applies with input as _database({"rto_minutes": 60, "restore_seconds": 600})
}

test_not_applicable_without_an_objective if {
	not restore_slower_than_objective.applies with input as _database({"rto_minutes": null, "restore_seconds": 600})
}

test_unknown_without_a_restore_that_was_timed if {
	restore_slower_than_objective.applies with input as _database({"rto_minutes": 60})
	restore_slower_than_objective.deny == set() with input as _database({"rto_minutes": 60})
}

_database(joined) := {"kind": "aws.rds.cluster", "replication": {"role": "none"}, "joined": joined}
