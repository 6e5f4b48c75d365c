package seaworthy.network.database_unreachable_from_recovery_compute_test

import data.seaworthy.network.database_unreachable_from_recovery_compute

test_fail_shut_on_the_way if {
	database_unreachable_from_recovery_compute.deny == {{
		"message": "it does not reach shop-replica on port 5432: security group shop-api lets nothing out on port 5432 to it",
		"fact": "joined.reach",
		"actual": "nothing on port 5432",
		"required": "shop-replica",
		"details": {"hop": "sg-1", "to": "arn:replica", "port": 5432},
	}} with input as _service([{
		"to": "arn:replica", "name": "shop-replica", "port": 5432, "reached": false, "hop": "sg-1",
		"why": "security group shop-api lets nothing out on port 5432 to it",
	}])
}

test_pass_open_way if {
	database_unreachable_from_recovery_compute.deny == set() with input as _open
	database_unreachable_from_recovery_compute.applies with input as _open
}

test_not_applicable_to_a_service_that_comes_back_elsewhere if {
	not database_unreachable_from_recovery_compute.applies with input as object.union(_open, {"joined": {"recovery_region": "us-west-2"}})
}

test_not_applicable_to_a_service_that_talks_to_no_database if {
	not database_unreachable_from_recovery_compute.applies with input as _service([])
}

test_unknown_way if {
	database_unreachable_from_recovery_compute.deny == set() with input as _service([{"to": "arn:replica", "name": "shop-replica", "port": 5432}])
}

_open := _service([{
	"to": "arn:replica", "name": "shop-replica", "port": 5432, "reached": true, "hop": null, "why": null,
}])

_service(reach) := {"kind": "aws.ecs.service", "joined": {"recovery_region": null, "reach": reach}}
