package seaworthy.redundancy.single_zone_service_test

import data.seaworthy.redundancy.single_zone_service

test_fail_one_zone if {
	single_zone_service.deny == {{
		"message": "uses one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as _service({"multi_zone": false})
}

test_pass_two_zones if {
	single_zone_service.deny == set() with input as _service({"multi_zone": true})
	single_zone_service.applies with input as _service({"multi_zone": true})
}

test_not_applicable_without_subnets_of_its_own if {
	not single_zone_service.applies with input as {"network": {"subnets": null}}
}

test_unknown_zones if {
	single_zone_service.deny == set() with input as _service({})
}

_service(redundancy) := {
	"kind": "aws.ecs.service",
	"network": {"subnets": ["subnet-1"]},
	"redundancy": redundancy,
}
