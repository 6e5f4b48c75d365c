package seaworthy.redundancy.function_missing_in_recovery_region_test

import data.seaworthy.redundancy.function_missing_in_recovery_region

test_fail_nothing_there if {
	function_missing_in_recovery_region.deny == {{
		"message": "no function stands in for it in us-west-2, where one that can be called is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _function({"counterpart": null})
}

test_pass_one_is_there if {
	there := _function({"counterpart": {"id": "orders-west", "state": "active", "usable": true}})
	function_missing_in_recovery_region.deny == set() with input as there
	function_missing_in_recovery_region.applies with input as there
}

test_not_applicable_without_a_recovery_region if {
	not function_missing_in_recovery_region.applies with input as _function({"recovery_region": null})
}

test_not_applicable_switched_off if {
	off := object.union(_function({}), {"capacity": {"max": 0}})
	not function_missing_in_recovery_region.applies with input as off
}

test_unknown_counterpart if {
	function_missing_in_recovery_region.deny == set() with input as _function({})
}

_function(joined) := {
	"kind": "aws.lambda.function",
	"capacity": {"max": null},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
