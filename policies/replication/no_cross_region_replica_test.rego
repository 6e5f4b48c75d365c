package seaworthy.replication.no_cross_region_replica_test

import data.seaworthy.replication.no_cross_region_replica

test_fail_snapshot_only if {
	no_cross_region_replica.deny == {{
		"message": "no live replica of its data exists in another region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
	}} with input as _input([{"mechanism": "snapshot", "region": "us-west-2", "in_recovery_place": true}])
}

test_fail_replica_in_another_region if {
	no_cross_region_replica.deny == {{
		"message": "its live replica is not in us-west-2, where one is required",
		"fact": "joined.copies",
		"actual": "eu-west-1",
		"required": "us-west-2",
	}} with input as _input([
		{"mechanism": "snapshot", "region": "us-west-2", "in_recovery_place": true},
		{"mechanism": "replica", "region": "eu-west-1", "in_recovery_place": false},
	])
}

test_pass_replica_in_the_recovery_region if {
	no_cross_region_replica.deny == set() with input as _replicated
	no_cross_region_replica.applies with input as _replicated
	no_cross_region_replica.satisfied with input as _replicated
}

test_pass_replica_anywhere_without_a_recovery_region if {
	no_cross_region_replica.satisfied with input as {"joined": {
		"recovery_region": null,
		"copies": [{"mechanism": "replica", "in_recovery_place": false}],
	}}
}

test_unknown_copies if {
	no_cross_region_replica.deny == set() with input as {"joined": {"recovery_region": "us-west-2"}}
	not no_cross_region_replica.satisfied with input as {"joined": {"recovery_region": "us-west-2"}}
}

_replicated := _input([{"mechanism": "replica", "region": "us-west-2", "in_recovery_place": true}])

_input(copies) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "none"},
	"joined": {"recovery_region": "us-west-2", "in_another_account": false, "copies": copies},
}

_cache(durability) := {
	"kind": "aws.elasticache.replication-group",
	"database": {"durability": durability},
	"replication": {"role": "none"},
	"backup": {"enabled": false},
}
