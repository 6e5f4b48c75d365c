package seaworthy.lib.unit_test

import data.seaworthy.lib.unit

test_original_instance if {
	unit.original with input as {
		"kind": "aws.rds.instance",
		"database": {"cluster": null},
		"replication": {"role": "primary"},
	}
}

test_original_cluster if {
	unit.original with input as {"kind": "aws.rds.cluster", "replication": {"role": "none"}}
}

test_original_table if {
	unit.original with input as {"kind": "aws.dynamodb.table"}
}

test_member_is_not_original if {
	not unit.original with input as {
		"kind": "aws.rds.instance",
		"database": {"cluster": "orders"},
		"replication": {"role": "none"},
	}
}

test_replica_is_not_original if {
	not unit.original with input as {
		"kind": "aws.rds.instance",
		"database": {"cluster": null},
		"replication": {"role": "replica"},
	}
}

test_secondary_is_not_original if {
	not unit.original with input as {"kind": "aws.rds.cluster", "replication": {"role": "replica"}}
}

test_cross_region_replica_is_standby if {
	unit.standby with input as {
		"kind": "aws.rds.instance",
		"replication": {"role": "replica", "cross_region": true},
	}
}

test_secondary_is_standby if {
	unit.standby with input as {"kind": "aws.rds.cluster", "replication": {"role": "replica"}}
}

test_reader_in_the_region_is_not_standby if {
	not unit.standby with input as {
		"kind": "aws.rds.instance",
		"replication": {"role": "replica", "cross_region": false},
	}
}
