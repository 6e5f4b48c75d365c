package seaworthy.redundancy.standby_compute_not_running_test

import data.seaworthy.redundancy.standby_compute_not_running

test_fail_nothing_runs_there if {
	standby_compute_not_running.deny == {{
		"message": "its counterpart in us-west-2 is to run 0 instances, at least 1 is required",
		"fact": "joined.standby_desired",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": "web-west"},
	}} with input as _group(2, 0)
}

test_fail_service_of_containers_runs_nothing_there if {
	standby_compute_not_running.deny == {{
		"message": "its counterpart in us-west-2 is to run 0 tasks, at least 1 is required",
		"fact": "joined.standby_desired",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": "web-west"},
	}} with input as object.union(_group(2, 0), {"kind": "aws.ecs.service"})
}

test_pass_something_runs_there if {
	standby_compute_not_running.deny == set() with input as _group(6, 1)
	standby_compute_not_running.applies with input as _group(6, 1)
}

test_pass_cluster_that_adds_nodes_itself if {
	standby_compute_not_running.deny == set() with input as object.union(_group(0, null), {"kind": "aws.eks.cluster"})
	standby_compute_not_running.applies with input as object.union(_group(0, null), {"kind": "aws.eks.cluster"})
}

test_not_applicable_group_that_runs_nothing_either if {
	not standby_compute_not_running.applies with input as _group(0, 0)
}

test_not_applicable_without_a_counterpart if {
	not standby_compute_not_running.applies with input as object.union(_group(2, 0), {"joined": {"counterpart": null}})
}

test_not_applicable_nothing_was_promised if {
	not standby_compute_not_running.applies with input as object.union(_group(2, 0), {"joined": {"pattern": null}})
}

test_unknown_capacity if {
	standby_compute_not_running.deny == set() with input as object.remove(_group(2, 0), ["joined"])
}

_group(desired, standby) := {
	"kind": "aws.autoscaling.group",
	"tags": {"app": "web"},
	"capacity": {"desired": desired},
	"joined": {
		"recovery_region": "us-west-2", "in_another_account": false, "pattern": "warm-standby",
		"counterpart": {"id": "web-west"}, "standby_desired": standby,
	},
}
