package seaworthy.replication.replica_not_healthy_test

import data.seaworthy.replication.replica_not_healthy

test_fail_replication_is_broken if {
	replica_not_healthy.deny == {{
		"message": "its replication does not run, a replica that follows its source is required",
		"fact": "replication.healthy",
		"actual": false,
		"required": true,
	}} with input as _input(false, true, "available")
}

test_fail_stopped if {
	replica_not_healthy.deny == {{
		"message": "it is stopped, a replica that is available is required",
		"fact": "status.state",
		"actual": "stopped",
		"required": "available",
	}} with input as _input(true, false, "stopped")
}

test_pass_follows_its_source if {
	replica_not_healthy.deny == set() with input as _input(true, true, "available")
	replica_not_healthy.applies with input as _input(true, true, "available")
}

test_not_applicable_primary if {
	not replica_not_healthy.applies with input as {"kind": "aws.rds.cluster", "replication": {"role": "primary"}}
}

test_unknown_replication if {
	replica_not_healthy.deny == set() with input as {"replication": {"role": "replica"}, "status": {"healthy": true}}
}

_input(replicating, available, state) := {
	"kind": "aws.rds.instance",
	"replication": {"role": "replica", "cross_region": true, "healthy": replicating},
	"status": {"healthy": available, "state": state},
}
