package seaworthy.redundancy.single_zone_scaling_group_test

import data.seaworthy.redundancy.single_zone_scaling_group

test_fail_one_zone if {
	single_zone_scaling_group.deny == {{
		"message": "uses one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_pass_two_zones if {
	single_zone_scaling_group.deny == set() with input as {"tags": {"app": "web"}, "redundancy": {"multi_zone": true}}
	single_zone_scaling_group.applies with input as {"tags": {"app": "web"}, "redundancy": {"multi_zone": true}}
}

test_not_applicable_nodes_of_kubernetes if {
	not single_zone_scaling_group.applies with input as {"tags": {"kubernetes.io/cluster/shop": "owned"}}
}

test_unknown_zones if {
	single_zone_scaling_group.deny == set() with input as {"redundancy": {}}
}
