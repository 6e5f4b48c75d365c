package seaworthy.redundancy.layer_missing_in_recovery_region_test

import data.seaworthy.redundancy.layer_missing_in_recovery_region

test_fail_nothing_there if {
	layer_missing_in_recovery_region.deny == {{
		"message": "no layer shared is in us-west-2, where functions that use it need one",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
		"details": {"used_by": ["orders"]},
	}} with input as _layer({"counterpart": null})
}

test_pass_one_is_there if {
	layer := _layer({"counterpart": {"id": "shared-west"}})
	layer_missing_in_recovery_region.deny == set() with input as layer
	layer_missing_in_recovery_region.applies with input as layer
}

test_not_applicable_unused if {
	not layer_missing_in_recovery_region.applies with input as _layer({"unused": true})
}

test_unknown_counterpart if {
	layer_missing_in_recovery_region.deny == set() with input as _layer({})
}

_layer(joined) := {
	"kind": "aws.lambda.layer", "name": "shared",
	"joined": object.union(
		{"recovery_region": "us-west-2", "in_another_account": false, "unused": false, "used_by": ["orders"]},
		joined,
	),
}
