package seaworthy.limits.region_switch_warns_of_quota_test

import data.seaworthy.limits.region_switch_warns_of_quota

test_fail_lower_than_in_another_region if {
	region_switch_warns_of_quota.deny == {_finding("the quota 'DB instances'")} with input as _warning({"quota": "DB instances"})
}

test_fail_a_quota_without_a_name if {
	region_switch_warns_of_quota.deny == {_finding("a quota")} with input as _warning({"quota": null})
}

test_pass_no_longer_too_low if {
	region_switch_warns_of_quota.deny == set() with input as _warning({"too_low": false, "quota": "DB instances"})
	region_switch_warns_of_quota.applies with input as _warning({})
}

test_unknown_not_checked if {
	unchecked := {"joined": {"comes_back_here": true}, "quota_warning": {"quota": "DB instances", "plan": "arn:plan"}}
	region_switch_warns_of_quota.deny == set() with input as unchecked
	region_switch_warns_of_quota.applies with input as unchecked
}

test_not_applicable_nothing_comes_back_there if {
	not region_switch_warns_of_quota.applies with input as {"joined": {"comes_back_here": false}}
}

_finding(quota) := {
	"message": sprintf("Region switch finds %s lower than in another region of the plan arn:plan", [quota]),
	"fact": "quota_warning.too_low",
	"actual": true,
	"required": false,
	"details": {"state": "denied"},
}

_warning(rest) := {
	"kind": "aws.arcregionswitch.quota-warning",
	"joined": {"comes_back_here": true},
	"quota_warning": object.union({"too_low": true, "state": "denied", "plan": "arn:plan"}, rest),
}
