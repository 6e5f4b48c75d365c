package seaworthy.replication.replica_single_zone_test

import data.seaworthy.replication.replica_single_zone

test_fail_one_zone if {
	replica_single_zone.deny == {{
		"message": "the replica stands in one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_pass_multi_az if {
	replica_single_zone.deny == set() with input as _replica
	replica_single_zone.applies with input as _replica
}

test_not_applicable_headless_cluster if {
	not replica_single_zone.applies with input as {
		"kind": "aws.rds.cluster",
		"replication": {"role": "replica", "global": "shop"},
		"redundancy": {"instances": 0},
	}
}

test_unknown_multi_az if {
	replica_single_zone.deny == set() with input as {"redundancy": {}}
}

_replica := {
	"kind": "aws.rds.instance",
	"replication": {"role": "replica", "cross_region": true},
	"redundancy": {"multi_zone": true},
}
