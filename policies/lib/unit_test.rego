package seaworthy.lib.unit_test

import data.seaworthy.lib.unit

test_instance_alone_is_not_a_member if {
	unit.not_a_member with input as {"kind": "aws.rds.instance", "database": {"cluster": null}}
}

test_cluster_is_not_a_member if {
	unit.not_a_member with input as {"kind": "aws.rds.cluster"}
}

test_instance_of_a_cluster_is_a_member if {
	not unit.not_a_member with input as {"kind": "aws.rds.instance", "database": {"cluster": "orders"}}
}

test_primary_is_not_a_replica if {
	unit.not_a_replica with input as {"kind": "aws.rds.cluster", "replication": {"role": "primary"}}
}

test_table_is_not_a_replica if {
	unit.not_a_replica with input as {"kind": "aws.dynamodb.table", "joined": {"is_recovery_side": false}}
}

test_bucket_in_the_recovery_region_is_a_replica if {
	not unit.not_a_replica with input as {"kind": "aws.s3.bucket", "joined": {"is_recovery_side": true}}
}

test_bucket_that_another_names_is_a_replica if {
	bucket := {"kind": "aws.s3.bucket", "replication": {"role": "none"}}
	not unit.not_a_replica with input as object.union(bucket, {"joined": {"is_recovery_side": true, "source": {"name": "a"}}})
	unit.not_a_replica with input as object.union(bucket, {"joined": {"is_recovery_side": true, "source": null}})
}

test_replica_is_a_replica if {
	not unit.not_a_replica with input as {"kind": "aws.rds.instance", "replication": {"role": "replica"}}
}

test_cross_region_replica_is_across_regions if {
	unit.across_regions with input as {"kind": "aws.rds.instance", "replication": {"cross_region": true}}
}

test_secondary_cluster_is_across_regions if {
	unit.across_regions with input as {"kind": "aws.rds.cluster", "replication": {"global": "shop"}}
}

test_cluster_beside_its_source_is_not_across_regions if {
	not unit.across_regions with input as {
		"kind": "aws.rds.cluster",
		"replication": {"cross_region": false, "global": null},
	}
}

test_reader_beside_its_source_is_not_across_regions if {
	not unit.across_regions with input as {"kind": "aws.rds.instance", "replication": {"cross_region": false, "global": null}}
}
