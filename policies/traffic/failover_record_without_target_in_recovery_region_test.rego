package seaworthy.traffic.failover_record_without_target_in_recovery_region_test

import data.seaworthy.traffic.failover_record_without_target_in_recovery_region

test_fail_one_region_only if {
	failover_record_without_target_in_recovery_region.deny == {{
		"message": "leads to us-east-1 only, a record of the same name that leads to us-west-2 is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _record({"counterpart": null, "lost_regions": ["us-east-1"]})
}

test_fail_target_that_does_not_work if {
	failover_record_without_target_in_recovery_region.deny == {{
		"message": "what its name leads to in us-west-2 is failed, something that takes requests is required",
		"fact": "joined.counterpart",
		"actual": "failed",
		"required": "usable",
		"details": {"counterpart": "west"},
	}} with input as _record({"counterpart": {"id": "west", "state": "failed", "usable": false}})
}

test_pass_secondary_leads_there if {
	failover_record_without_target_in_recovery_region.deny == set() with input as _record({"counterpart": {"id": "west", "state": "active", "usable": true}})
	failover_record_without_target_in_recovery_region.applies with input as _record({"counterpart": {"id": "west", "state": "active", "usable": true}})
}

test_not_applicable_without_a_region if {
	not failover_record_without_target_in_recovery_region.applies with input as _record({"recovery_region": null})
}

test_unknown_siblings if {
	failover_record_without_target_in_recovery_region.deny == set() with input as _record({})
}

_record(joined) := {"joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false},
	joined,
)}
