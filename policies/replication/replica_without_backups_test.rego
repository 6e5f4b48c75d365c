package seaworthy.replication.replica_without_backups_test

import data.seaworthy.replication.replica_without_backups

test_fail_no_backups if {
	replica_without_backups.deny == {{
		"message": "the replica keeps backups for 0 days, at least 1 is required",
		"fact": "backup.retention_days",
		"actual": 0,
		"required": 1,
	}} with input as {"backup": {"retention_days": 0}}
}

test_pass_backups_on if {
	replica_without_backups.deny == set() with input as _replica
	replica_without_backups.applies with input as _replica
}

test_not_applicable_reader_beside_its_source if {
	not replica_without_backups.applies with input as object.union(_replica, {"replication": {"cross_region": false}})
}

test_unknown_retention if {
	replica_without_backups.deny == set() with input as {"backup": {}}
}

_replica := {
	"kind": "aws.rds.instance",
	"replication": {"role": "replica", "cross_region": true},
	"backup": {"retention_days": 7},
}
