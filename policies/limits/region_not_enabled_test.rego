package seaworthy.limits.region_not_enabled_test

import data.seaworthy.limits.region_not_enabled

test_fail_not_enabled if {
	region_not_enabled.deny == {{
		"message": "ap-east-1 is not enabled, and what is here is to come back there",
		"fact": "joined.counterpart",
		"actual": "not-opted-in",
		"required": "ap-east-1",
		"details": {"account": "111122223333"},
	}} with input as _region({"counterpart": {"state": "not-opted-in", "usable": false}})
}

test_fail_no_such_region if {
	region_not_enabled.deny == {{
		"message": "there is no region ap-east-1, and what is here is to come back there",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "ap-east-1",
		"details": {"account": "111122223333"},
	}} with input as _region({"counterpart": null})
}

test_pass_enabled if {
	region := _region({"counterpart": {"state": "opted-in", "usable": true}})
	region_not_enabled.deny == set() with input as region
	region_not_enabled.applies with input as region
}

test_not_applicable_nothing_comes_back if {
	not region_not_enabled.applies with input as _region({"needed_in_recovery": false})
}

test_unknown_whether_enabled if {
	region_not_enabled.deny == set() with input as _region({})
}

_region(joined) := {
	"kind": "aws.account.region",
	"joined": object.union(
		{
			"recovery_region": "ap-east-1", "recovery_account": "111122223333", "in_another_account": false,
			"needed_in_recovery": true,
		},
		joined,
	),
}
