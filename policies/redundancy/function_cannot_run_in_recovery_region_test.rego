package seaworthy.redundancy.function_cannot_run_in_recovery_region_test

import data.seaworthy.redundancy.function_cannot_run_in_recovery_region

test_fail_counterpart_failed if {
	function_cannot_run_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is failed, one that is active is required",
		"fact": "joined.counterpart",
		"actual": "failed",
		"required": "active",
		"details": {"counterpart": "orders-west"},
	}} with input as _function("failed", false, null)
}

test_fail_counterpart_is_switched_off if {
	function_cannot_run_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 has a reserved concurrency of 0, at least 1 is required",
		"fact": "joined.standby_max",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": "orders-west"},
	}} with input as _function("active", true, 0)
}

test_pass_counterpart_is_active if {
	function_cannot_run_in_recovery_region.deny == set() with input as _function("active", true, null)
	function_cannot_run_in_recovery_region.applies with input as _function("active", true, null)
}

test_not_applicable_nothing_there if {
	function := object.union(_function("active", true, null), {"joined": {"counterpart": null}})
	not function_cannot_run_in_recovery_region.applies with input as function
}

test_unknown_state if {
	function := {"joined": {"recovery_region": "us-west-2", "counterpart": {"id": "orders-west"}}}
	function_cannot_run_in_recovery_region.deny == set() with input as function
}

_function(state, usable, max) := {
	"kind": "aws.lambda.function",
	"capacity": {"max": null},
	"joined": {
		"recovery_region": "us-west-2", "in_another_account": false,
		"counterpart": {"id": "orders-west", "state": state, "usable": usable},
		"standby_max": max,
	},
}
