package seaworthy.replication.headless_global_cluster_test

import data.seaworthy.replication.headless_global_cluster

test_fail_no_instance if {
	headless_global_cluster.deny == {{
		"message": "the secondary cluster has 0 instances, at least 1 is required",
		"fact": "redundancy.instances",
		"actual": 0,
		"required": 1,
	}} with input as {"redundancy": {"instances": 0}}
}

test_pass_one_instance if {
	headless_global_cluster.deny == set() with input as _secondary
	headless_global_cluster.applies with input as _secondary
}

test_not_applicable_primary if {
	not headless_global_cluster.applies with input as object.union(_secondary, {"replication": {"role": "primary"}})
}

test_unknown_instances if {
	headless_global_cluster.deny == set() with input as {"redundancy": {}}
}

_secondary := {
	"replication": {"role": "replica", "global": "orders-global"},
	"redundancy": {"instances": 1},
}
