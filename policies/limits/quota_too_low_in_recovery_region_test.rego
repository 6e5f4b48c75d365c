package seaworthy.limits.quota_too_low_in_recovery_region_test

import data.seaworthy.limits.quota_too_low_in_recovery_region

test_fail_too_low if {
	quota_too_low_in_recovery_region.deny == {{
		"message": "it allows 40 database instances, and the recovery needs 55",
		"fact": "quota.value",
		"actual": 40,
		"required": 55,
	}} with input as _quota({"quota_needed": 55})
}

test_pass_enough if {
	quota_too_low_in_recovery_region.deny == set() with input as _quota({"quota_needed": 40})
	quota_too_low_in_recovery_region.applies with input as _quota({"quota_needed": 40})
}

test_not_applicable_nothing_comes_back_there if {
	not quota_too_low_in_recovery_region.applies with input as _quota({"quota_needed": null})
}

test_unknown_need if {
	quota_too_low_in_recovery_region.deny == set() with input as _quota({})
}

_quota(joined) := {
	"kind": "aws.servicequotas.quota",
	"quota": {"service": "rds", "code": "L-7B6409FD", "counts": "database instances", "value": 40},
	"joined": joined,
}
