package seaworthy.lib.change_test

import data.seaworthy.lib.change

test_update_is_kept if {
	change.kept with input as {"change": {"action": "update"}}
}

test_delete_is_not_kept if {
	not change.kept with input as {"change": {"action": "delete"}}
}

test_replace_is_destroyed if {
	change.destroyed with input as {"change": {"action": "replace"}}
}

test_forget_is_not_destroyed if {
	not change.destroyed with input as {"change": {"action": "forget"}}
}

test_cluster_was_not_a_member if {
	change.was_not_a_member with input as {"kind": "aws.rds.cluster"}
}

test_instance_alone_was_not_a_member if {
	change.was_not_a_member with input as {"kind": "aws.rds.instance", "before": {"database": {"cluster": null}}}
}

test_instance_of_a_cluster_was_a_member if {
	not change.was_not_a_member with input as {
		"kind": "aws.rds.instance",
		"before": {"database": {"cluster": "orders"}},
	}
}

test_primary_was_not_a_replica if {
	change.was_not_a_replica with input as {
		"kind": "aws.rds.instance",
		"before": {"replication": {"role": "primary"}},
	}
}

test_table_was_not_a_replica if {
	change.was_not_a_replica with input as {"kind": "aws.dynamodb.table"}
}

test_replica_was_a_replica if {
	not change.was_not_a_replica with input as {
		"kind": "aws.rds.instance",
		"before": {"replication": {"role": "replica"}},
	}
}
