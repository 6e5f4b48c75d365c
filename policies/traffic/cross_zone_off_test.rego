package seaworthy.traffic.cross_zone_off_test

import data.seaworthy.traffic.cross_zone_off

test_fail_off if {
	cross_zone_off.deny == {{
		"message": "sends only to the targets of the zone that a request came in by, those of every zone are required",
		"fact": "traffic.cross_zone",
		"actual": false,
		"required": true,
	}} with input as _balancer(true, {"cross_zone": false})
	cross_zone_off.applies with input as _balancer(true, {"cross_zone": false})
}

test_fail_off_in_a_target_group if {
	cross_zone_off.applies with input as {"kind": "aws.elbv2.target-group", "traffic": {"cross_zone": false}}
}

test_pass_on if {
	cross_zone_off.deny == set() with input as _balancer(true, {"cross_zone": true})
	cross_zone_off.applies with input as _balancer(true, {"cross_zone": true})
}

test_pass_target_group_that_does_as_its_balancer if {
	cross_zone_off.deny == set() with input as {"kind": "aws.elbv2.target-group", "traffic": {"cross_zone": null}}
}

test_not_applicable_in_one_zone if {
	not cross_zone_off.applies with input as _balancer(false, {"cross_zone": false})
}

test_unknown_attributes if {
	cross_zone_off.deny == set() with input as _balancer(true, {})
}

_balancer(multi_zone, traffic) := {
	"kind": "aws.elbv2.load-balancer",
	"redundancy": {"multi_zone": multi_zone},
	"traffic": traffic,
}
