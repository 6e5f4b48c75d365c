package seaworthy.limits.scp_denies_recovery_region_test

import data.seaworthy.limits.scp_denies_recovery_region

test_fail_denied if {
	scp_denies_recovery_region.deny == {{
		"message": "policy 'regions', statement 1 denies lambda, rds in us-west-2",
		"fact": "joined.denials",
		"actual": "aws:RequestedRegion: us-east-1",
		"required": "us-west-2",
		"details": {"policy": "p-1"},
	}} with input as _region({"denials": [_denial({"certain": true, "unless": null})]})
}

test_pass_nothing_denied if {
	scp_denies_recovery_region.deny == set() with input as _region({"denials": []})
	scp_denies_recovery_region.applies with input as _region({"denials": []})
}

test_not_applicable_nothing_comes_back if {
	not scp_denies_recovery_region.applies with input as _region({"needed_in_recovery": false})
}

test_unknown_some_callers_are_spared if {
	spared := _denial({"unless": "ArnNotLike aws:PrincipalARN"})
	scp_denies_recovery_region.deny == set() with input as _region({"denials": [spared]})
}

test_unknown_policies_not_read if {
	scp_denies_recovery_region.deny == set() with input as _region({})
}

_denial(rest) := object.union(
	{
		"policy": "p-1", "at": "policy 'regions', statement 1", "services": ["lambda", "rds"],
		"value": "aws:RequestedRegion: us-east-1",
	},
	rest,
)

_region(joined) := {
	"kind": "aws.account.region",
	"joined": object.union(
		{"recovery_region": "us-west-2", "in_another_account": false, "needed_in_recovery": true},
		joined,
	),
}
