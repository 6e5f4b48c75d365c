package seaworthy.redundancy.aurora_instances_in_one_zone_test

import data.seaworthy.redundancy.aurora_instances_in_one_zone

test_fail_one_zone if {
	aurora_instances_in_one_zone.deny == {{
		"message": "all 2 instances stand in us-east-1a, at least 2 zones are required",
		"fact": "redundancy.zones",
		"actual": ["us-east-1a"],
		"required": 2,
	}} with input as {"redundancy": {"instances": 2, "zones": ["us-east-1a"]}}
}

test_pass_two_zones if {
	aurora_instances_in_one_zone.deny == set() with input as _cluster
	aurora_instances_in_one_zone.applies with input as _cluster
	aurora_instances_in_one_zone.satisfied with input as _cluster
}

test_pass_multi_zone_without_zones if {
	aurora_instances_in_one_zone.satisfied with input as {"redundancy": {"instances": 2, "multi_zone": true}}
}

test_not_applicable_single_instance if {
	not aurora_instances_in_one_zone.applies with input as object.union(_cluster, {"redundancy": {"instances": 1}})
}

test_unknown_zones if {
	aurora_instances_in_one_zone.deny == set() with input as {"redundancy": {"instances": 2}}
	not aurora_instances_in_one_zone.satisfied with input as {"redundancy": {"instances": 2}}
}

_cluster := {
	"database": {"topology": "aurora"},
	"replication": {"role": "none"},
	"redundancy": {"instances": 2, "zones": ["us-east-1a", "us-east-1b"]},
}
