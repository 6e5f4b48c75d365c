package seaworthy.replication.no_cross_region_copy_test

import data.seaworthy.replication.no_cross_region_copy

test_fail_no_copy if {
	no_cross_region_copy.deny == {{
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": []},
	}} with input as {"joined": {"copies": []}}
}

test_fail_broken_replica_only if {
	no_cross_region_copy.deny == {{
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": ["orders-replica"]},
	}} with input as {"joined": {"copies": [{"id": "orders-replica", "usable": false}]}}
}

test_pass_one_usable_copy if {
	no_cross_region_copy.deny == set() with input as _database
	no_cross_region_copy.satisfied with input as _database
	no_cross_region_copy.applies with input as _database
}

test_not_applicable_replica if {
	not no_cross_region_copy.applies with input as object.union(_database, {"replication": {"role": "replica"}})
}

test_unknown_copies if {
	no_cross_region_copy.deny == set() with input as {"joined": {}}
	not no_cross_region_copy.satisfied with input as {"joined": {}}
}

test_unknown_whether_usable if {
	no_cross_region_copy.deny == set() with input as {"joined": {"copies": [{"id": "orders-replica"}]}}
	not no_cross_region_copy.satisfied with input as {"joined": {"copies": [{"id": "orders-replica"}]}}
}

_database := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": {"copies": [{"id": "rejected", "usable": false}, {"id": "orders-snapshot", "usable": true}]},
}

test_pass_what_nobody_may_open_is_told_elsewhere if {
	no_cross_region_copy.deny == set() with input as {"joined": {
		"recovery_region": "us-west-2",
		"in_another_account": false,
		"copies": [{"region": "us-west-2", "in_recovery_place": true, "usable": false, "opening": {"opens": false}}],
	}}
}
