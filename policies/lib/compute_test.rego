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

test_a_group_speaks_for_itself if compute.speaks_for_itself with input as {"kind": "aws.autoscaling.group"}

test_a_template_that_waits_for_a_recovery_speaks_for_itself if {
	compute.speaks_for_itself with input as _template(true, true)
}

test_a_template_that_a_group_uses_does_not if not compute.speaks_for_itself with input as _template(true, false)

test_a_template_that_is_left_over_does_not if not compute.speaks_for_itself with input as _template(false, true)

_template(waits, unused) := {
	"kind": "aws.ec2.launch-template",
	"joined": {"is_recovery_side": waits, "unused": unused},
}
