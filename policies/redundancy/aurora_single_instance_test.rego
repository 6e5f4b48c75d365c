package seaworthy.redundancy.aurora_single_instance_test

import data.seaworthy.redundancy.aurora_single_instance

test_fail_one_instance if {
	aurora_single_instance.deny == {{
		"message": "instances to serve it: 1, at least 2 are required",
		"fact": "redundancy.instances",
		"actual": 1,
		"required": 2,
	}} with input as {"redundancy": {"instances": 1}}
}

test_pass_two_instances if {
	aurora_single_instance.deny == set() with input as _cluster
	aurora_single_instance.applies with input as _cluster
}

test_not_applicable_multi_az_cluster if {
	not aurora_single_instance.applies with input as object.union(_cluster, {"database": {"topology": "multi-az"}})
}

test_not_applicable_serverless_v1 if {
	not aurora_single_instance.applies with input as object.union(_cluster, {"database": {"mode": "serverless"}})
}

test_unknown_instances if {
	aurora_single_instance.deny == set() with input as {"redundancy": {}}
}

_cluster := {
	"database": {"topology": "aurora", "mode": "provisioned"},
	"replication": {"role": "none"},
	"redundancy": {"instances": 2},
}
