package seaworthy.redundancy.service_in_one_zone_test

import data.seaworthy.redundancy.service_in_one_zone

test_fail_one_zone if {
	service_in_one_zone.deny == {{
		"message": "uses one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as _service({"multi_zone": false})
}

test_pass_two_zones if {
	service_in_one_zone.deny == set() with input as _service({"multi_zone": true})
	service_in_one_zone.applies with input as _service({"multi_zone": true})
}

test_not_applicable_without_subnets_of_its_own if {
	not service_in_one_zone.applies with input as {"network": {"subnets": null}}
}

test_unknown_zones if {
	service_in_one_zone.deny == set() with input as _service({})
}

_service(redundancy) := {
	"kind": "aws.ecs.service",
	"network": {"subnets": ["subnet-1"]},
	"redundancy": redundancy,
}
