package seaworthy.redundancy.compute_missing_in_recovery_region_test

import data.seaworthy.redundancy.compute_missing_in_recovery_region

test_fail_nothing_there if {
	compute_missing_in_recovery_region.deny == {{
		"message": "nothing stands in for it in us-west-2, where something that can be started is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _group({"counterpart": null, "standby_max": null})
}

test_fail_counterpart_is_going_away if {
	compute_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is deleting, one that can be used is required",
		"fact": "joined.counterpart",
		"actual": "deleting",
		"required": "usable",
		"details": {"counterpart": "web-west"},
	}} with input as _group({
		"counterpart": {"id": "web-west", "state": "deleting", "usable": false},
		"standby_max": 4,
	})
}

test_fail_counterpart_may_run_nothing if {
	compute_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 may run 0 instances, at least 1 is required",
		"fact": "joined.standby_max",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": "web-west"},
	}} with input as _group({"counterpart": _there, "standby_max": 0})
}

test_pass_group_that_can_be_started if {
	compute_missing_in_recovery_region.deny == set() with input as _group({"counterpart": _there, "standby_max": 4})
	compute_missing_in_recovery_region.applies with input as _group({"counterpart": _there, "standby_max": 4})
}

test_pass_cluster_that_adds_nodes_itself if {
	compute_missing_in_recovery_region.deny == set() with input as _cluster
	compute_missing_in_recovery_region.applies with input as _cluster
}

test_not_applicable_nodes_of_kubernetes if {
	not compute_missing_in_recovery_region.applies with input as object.union(
		_group({}),
		{"tags": {"kubernetes.io/cluster/shop": "owned"}},
	)
}

test_not_applicable_group_that_may_run_nothing if {
	not compute_missing_in_recovery_region.applies with input as object.union(_group({}), {"capacity": {"max": 0}})
}

test_not_applicable_without_a_recovery_region if {
	not compute_missing_in_recovery_region.applies with input as _group({"recovery_region": null})
}

test_unknown_counterpart if {
	compute_missing_in_recovery_region.deny == set() with input as _group({})
}

_there := {"id": "web-west", "state": null, "usable": true}

_group(joined) := {
	"kind": "aws.autoscaling.group",
	"tags": {"app": "web"},
	"capacity": {"max": 4},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}

_cluster := {
	"kind": "aws.eks.cluster",
	"joined": {
		"recovery_region": "us-west-2", "in_another_account": false,
		"counterpart": {"id": "shop-west", "state": "active", "usable": true}, "standby_max": null,
	},
}
