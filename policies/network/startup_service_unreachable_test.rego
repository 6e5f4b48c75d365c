package seaworthy.network.startup_service_unreachable_test

import data.seaworthy.network.startup_service_unreachable

test_fail_no_way_out if {
	startup_service_unreachable.deny == {{
		"message": concat("", [
			"it does not reach the secret store (secretsmanager) that container api, secret DB_PASSWORD needs: ",
			"route table rtb-1 has no way from subnet-api to secretsmanager: no endpoint, no NAT gateway",
		]),
		"fact": "joined.startup",
		"actual": "no way to secretsmanager",
		"required": "secretsmanager",
		"details": {"hop": "arn:rtb-1", "region": "us-west-2"},
	}} with input as _service([_shut])
	startup_service_unreachable.applies with input as _service([_shut])
}

test_pass_open_way if {
	startup_service_unreachable.deny == set() with input as _service([_open])
	startup_service_unreachable.applies with input as _service([_open])
}

test_not_applicable_to_a_service_that_comes_back_elsewhere if {
	not startup_service_unreachable.applies with input as object.union(
		_service([_open]),
		{"joined": {"recovery_region": "us-west-2"}},
	)
}

test_not_applicable_to_a_service_that_needs_nothing if {
	not startup_service_unreachable.applies with input as _service([])
}

test_unknown_way if {
	startup_service_unreachable.deny == set() with input as _service([_need])
}

_need := {
	"what": "secret store", "service": "secretsmanager", "region": "us-west-2",
	"at": "container api, secret DB_PASSWORD",
}

_open := object.union(_need, {"reached": true, "via": ["endpoint"], "hop": null, "why": null})

_shut := object.union(_need, {
	"reached": false, "via": null, "hop": "arn:rtb-1",
	"why": "route table rtb-1 has no way from subnet-api to secretsmanager: no endpoint, no NAT gateway",
})

_service(startup) := {"kind": "aws.ecs.service", "joined": {"recovery_region": null, "startup": startup}}
