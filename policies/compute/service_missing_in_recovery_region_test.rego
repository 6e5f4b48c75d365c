package seaworthy.compute.service_missing_in_recovery_region_test

import data.seaworthy.compute.service_missing_in_recovery_region

test_fail_nothing_there if {
	service_missing_in_recovery_region.deny == {{
		"message": "nothing stands in for it in us-west-2, a service that can be scaled up is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _service({"counterpart": null})
}

test_fail_counterpart_is_draining if {
	service_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is draining, one that can be used is required",
		"fact": "joined.counterpart",
		"actual": "draining",
		"required": "usable",
		"details": {"counterpart": "api-west"},
	}} with input as _service({"counterpart": {"id": "api-west", "state": "draining", "usable": false}})
}

test_pass_counterpart if {
	there := {"counterpart": {"id": "api-west", "state": "active", "usable": true}}
	service_missing_in_recovery_region.deny == set() with input as _service(there)
	service_missing_in_recovery_region.applies with input as _service(there)
}

test_not_applicable_without_a_recovery_region if {
	not service_missing_in_recovery_region.applies with input as _service({"recovery_region": null})
}

test_unknown_counterpart if {
	service_missing_in_recovery_region.deny == set() with input as _service({})
}

_service(joined) := {
	"kind": "aws.ecs.service",
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
