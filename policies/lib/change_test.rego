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

test_database_may_move if {
	change.may_move with input as {"kind": "aws.rds.instance"}
}

test_service_moves_with_its_subnets if {
	change.may_move with input as _service(["subnet-1", "subnet-2"], ["subnet-1"])
}

test_service_in_the_same_subnets_stays if {
	not change.may_move with input as _service(["subnet-1"], ["subnet-1"])
	not change.may_move with input as _service(null, null)
}

_service(before, after) := {
	"kind": "aws.ecs.service",
	"before": {"network": {"subnets": before}},
	"network": {"subnets": after},
}
