package seaworthy.redundancy.function_code_differs_test

import data.seaworthy.redundancy.function_code_differs

test_fail_other_code if {
	function_code_differs.deny == {{
		"message": "its counterpart in us-west-2 runs other code, the same is required",
		"fact": "joined.standby_code_hash",
		"actual": "old",
		"required": "new",
		"details": {"counterpart": "orders-west"},
	}} with input as _function("old", "successful")
}

test_fail_last_change if {
	function_code_differs.deny == {{
		"message": "its last change failed, so that it runs other code than was deployed",
		"fact": "workload.last_update",
		"actual": "failed",
		"required": "successful",
	}} with input as _function("new", "failed")
}

test_pass_same_code if {
	function_code_differs.deny == set() with input as _function("new", "successful")
	function_code_differs.applies with input as _function("new", "successful")
}

test_not_applicable_nothing_there if {
	function := object.union(_function("new", "successful"), {"joined": {"counterpart": null}})
	not function_code_differs.applies with input as function
}

test_unknown_hash if {
	function := {
		"workload": {"last_update": "successful"},
		"joined": {"recovery_region": "us-west-2", "counterpart": {"id": "orders-west"}},
	}
	function_code_differs.deny == set() with input as function
}

_function(hash, last) := {
	"kind": "aws.lambda.function",
	"workload": {"code_hash": "new", "last_update": last},
	"joined": {
		"recovery_region": "us-west-2", "in_another_account": false,
		"counterpart": {"id": "orders-west", "state": "active", "usable": true},
		"standby_code_hash": hash,
	},
}
