package seaworthy.network.endpoint_missing_in_recovery_region_test

import data.seaworthy.network.endpoint_missing_in_recovery_region

test_fail_nothing_there if {
	endpoint_missing_in_recovery_region.deny == {{
		"message": concat("", [
			"no endpoint leads to secretsmanager from a network in us-west-2 that stands in for its own, ",
			"one is required",
		]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _endpoint({"counterpart": null})
}

test_fail_not_usable if {
	endpoint_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is rejected, one that can be used is required",
		"fact": "joined.counterpart",
		"actual": "rejected",
		"required": "usable",
		"details": {"counterpart": "vpce-west"},
	}} with input as _endpoint({"counterpart": {"id": "vpce-west", "state": "rejected", "usable": false}})
}

test_pass_one_there if {
	endpoint_missing_in_recovery_region.deny == set() with input as _endpoint({"counterpart": _there})
	endpoint_missing_in_recovery_region.applies with input as _endpoint({"counterpart": _there})
}

test_not_applicable_without_a_recovery_region if {
	not endpoint_missing_in_recovery_region.applies with input as _endpoint({"recovery_region": null})
}

test_unknown_counterpart if {
	endpoint_missing_in_recovery_region.deny == set() with input as _endpoint({})
}

_there := {"id": "vpce-west", "state": "available", "usable": true}

_endpoint(joined) := {
	"network": {"service": "secretsmanager"},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
