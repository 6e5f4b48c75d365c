package seaworthy.lib.compute_test

import data.seaworthy.lib.compute

test_cluster_stands_alone if {
	compute.stands_alone with input as {"kind": "aws.eks.cluster"}
}

test_group_stands_alone if {
	compute.stands_alone with input as {"kind": "aws.autoscaling.group", "tags": {"app": "web"}}
}

test_group_of_nodes_does_not_stand_alone if {
	not compute.stands_alone with input as {
		"kind": "aws.autoscaling.group",
		"tags": {"kubernetes.io/cluster/shop": "owned"},
	}
}
