package seaworthy.compute.add_on_missing_in_recovery_region_test

import data.seaworthy.compute.add_on_missing_in_recovery_region

test_fail_lacking if {
	add_on_missing_in_recovery_region.deny == {{
		"message": "the cluster shop-west in us-west-2 lacks the add-on",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _add_on({"counterpart": null})
}

test_fail_could_not_be_made if {
	add_on_missing_in_recovery_region.deny == {{
		"message": "in the cluster shop-west in us-west-2 the add-on is create failed, one that can be used is required",
		"fact": "joined.counterpart",
		"actual": "create_failed",
		"required": "usable",
		"details": {"counterpart": "west"},
	}} with input as _add_on({"counterpart": {"id": "west", "state": "create_failed", "usable": false}})
}

test_pass_one_is_there if {
	add_on := _add_on({"counterpart": {"id": "west", "state": "active", "usable": true}})
	add_on_missing_in_recovery_region.deny == set() with input as add_on
	add_on_missing_in_recovery_region.applies with input as add_on
}

test_pass_one_waits_for_nodes if {
	add_on_missing_in_recovery_region.deny == set() with input as _add_on({"counterpart": {
		"id": "west",
		"state": "degraded",
		"usable": false,
	}})
}

test_not_applicable_without_a_cluster_there if {
	not add_on_missing_in_recovery_region.applies with input as _add_on({"counterpart_cluster": null})
}

test_not_applicable_without_a_recovery_region if {
	not add_on_missing_in_recovery_region.applies with input as _add_on({"recovery_region": null})
}

test_unknown_counterpart if {
	add_on_missing_in_recovery_region.deny == set() with input as _add_on({})
}

_add_on(joined) := {
	"kind": "aws.eks.add-on", "name": "aws-ebs-csi-driver",
	"joined": object.union(
		{"recovery_region": "us-west-2", "in_another_account": false, "counterpart_cluster": "shop-west"},
		joined,
	),
}
