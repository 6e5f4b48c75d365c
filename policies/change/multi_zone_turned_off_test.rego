package seaworthy.change.multi_zone_turned_off_test

import data.seaworthy.change.multi_zone_turned_off

test_fail_one_zone if {
	multi_zone_turned_off.deny == {{
		"message": "stands in one availability zone, before the change it was more than one",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	multi_zone_turned_off.deny == set() with input as _change(true, true)
	multi_zone_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	multi_zone_turned_off.deny == set() with input as _change(false, false)
}

test_not_applicable_new_resource if {
	not multi_zone_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	multi_zone_turned_off.deny == set() with input as {
		"kind": "aws.rds.instance",
		"change": {"action": "update"},
		"redundancy": {},
		"before": {"redundancy": {"multi_zone": true}},
	}
}

_change(before, after) := {
	"kind": "aws.rds.instance",
	"change": {"action": "update"},
	"redundancy": {"multi_zone": after},
	"before": {"redundancy": {"multi_zone": before}},
}

test_fail_service_in_other_subnets if {
	count(multi_zone_turned_off.deny) == 1 with input as _service(["subnet-1", "subnet-2"], ["subnet-1"])
}

test_pass_service_in_the_same_subnets if {
	multi_zone_turned_off.deny == set() with input as _service(["subnet-1"], ["subnet-1"])
}

_service(before, after) := object.union(_change(true, false), {
	"kind": "aws.ecs.service",
	"network": {"subnets": after},
	"before": {"network": {"subnets": before}},
})
