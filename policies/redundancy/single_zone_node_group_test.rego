package seaworthy.redundancy.single_zone_node_group_test

import data.seaworthy.redundancy.single_zone_node_group

test_fail_one_zone if {
	single_zone_node_group.deny == {{
		"message": "all nodes of its cluster stand in us-east-1a, at least 2 zones are required",
		"fact": "joined.cluster_zones",
		"actual": ["us-east-1a"],
		"required": 2,
	}} with input as {"joined": {"cluster_zones": ["us-east-1a"]}}
}

test_pass_two_zones_together if {
	single_zone_node_group.deny == set() with input as {"joined": {"cluster_zones": ["us-east-1a", "us-east-1b"]}}
	single_zone_node_group.applies with input as {"joined": {"cluster_zones": ["us-east-1a", "us-east-1b"]}}
	single_zone_node_group.satisfied with input as {"joined": {"cluster_zones": ["us-east-1a", "us-east-1b"]}}
}

test_not_applicable_auto_mode if {
	not single_zone_node_group.applies with input as {"joined": {"cluster_zones": null}}
}

test_unknown_zones if {
	single_zone_node_group.deny == set() with input as {"joined": {}}
	not single_zone_node_group.satisfied with input as {"joined": {}}
}
