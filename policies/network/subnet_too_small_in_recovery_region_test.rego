package seaworthy.network.subnet_too_small_in_recovery_region_test

import data.seaworthy.network.subnet_too_small_in_recovery_region

test_fail_too_few if {
	subnet_too_small_in_recovery_region.deny == {{
		"message": "it has room for 11 addresses, and the recovery needs 40",
		"fact": "joined.room",
		"actual": 11,
		"required": 40,
		"details": {"subnets": ["subnet-1"]},
	}} with input as _subnet({"subnets": ["subnet-1"], "needed": 40, "free": 11})
	subnet_too_small_in_recovery_region.applies with input as _subnet({"subnets": ["subnet-1"], "needed": 40, "free": 11})
}

test_fail_too_few_together if {
	subnet_too_small_in_recovery_region.deny == {{
		"message": "it and what stands beside it (2 subnets) have room for 22 addresses, and the recovery needs 40",
		"fact": "joined.room",
		"actual": 22,
		"required": 40,
		"details": {"subnets": ["subnet-1", "subnet-2"]},
	}} with input as _subnet({"subnets": ["subnet-1", "subnet-2"], "needed": 40, "free": 22})
}

test_pass_enough if {
	subnet_too_small_in_recovery_region.deny == set() with input as _subnet({"subnets": ["subnet-1"], "needed": 40, "free": 40})
	subnet_too_small_in_recovery_region.applies with input as _subnet({"subnets": ["subnet-1"], "needed": 40, "free": 40})
}

test_not_applicable_where_nothing_grows if {
	not subnet_too_small_in_recovery_region.applies with input as _subnet(null)
}

test_unknown_room if {
	subnet_too_small_in_recovery_region.deny == set() with input as {"kind": "aws.ec2.subnet", "joined": {}}
}

_subnet(room) := {"kind": "aws.ec2.subnet", "joined": {"room": room}}
