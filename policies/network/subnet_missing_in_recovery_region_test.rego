package seaworthy.network.subnet_missing_in_recovery_region_test

import data.seaworthy.network.subnet_missing_in_recovery_region

test_fail_nothing_there if {
	subnet_missing_in_recovery_region.deny == {{
		"message": "no subnet stands in for it in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _subnet({"counterpart": null})
	subnet_missing_in_recovery_region.applies with input as _subnet({"counterpart": null})
}

test_pass_one_there if {
	subnet_missing_in_recovery_region.deny == set() with input as _subnet({"counterpart": {"id": "subnet-2"}})
	subnet_missing_in_recovery_region.applies with input as _subnet({"counterpart": {"id": "subnet-2"}})
}

test_not_applicable_unused if {
	not subnet_missing_in_recovery_region.applies with input as _subnet({"used_by": []})
}

test_not_applicable_without_a_recovery_region if {
	not subnet_missing_in_recovery_region.applies with input as _subnet({"recovery_region": null})
}

test_unknown_counterpart if {
	subnet_missing_in_recovery_region.deny == set() with input as _subnet({})
}

_subnet(joined) := {"kind": "aws.ec2.subnet", "joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "used_by": ["orders"]},
	joined,
)}
