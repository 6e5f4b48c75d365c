package seaworthy.redundancy.scaling_group_launch_suspended_test

import data.seaworthy.redundancy.scaling_group_launch_suspended

test_fail_launch_suspended if {
	scaling_group_launch_suspended.deny == {{
		"message": "the Launch process is suspended, it is required to run",
		"fact": "capacity.suspended",
		"actual": "Launch",
		"required": null,
	}} with input as {"capacity": {"suspended": ["AZRebalance", "Launch"]}}
}

test_pass_nothing_suspended if {
	scaling_group_launch_suspended.deny == set() with input as {"capacity": {"suspended": ["AZRebalance"]}}
}

test_unknown_processes if {
	scaling_group_launch_suspended.deny == set() with input as {"capacity": {}}
}
