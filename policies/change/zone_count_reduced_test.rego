package seaworthy.change.zone_count_reduced_test

import data.seaworthy.change.zone_count_reduced

test_fail_one_zone_fewer if {
	zone_count_reduced.deny == {{
		"message": "uses 2 availability zones, before the change it was 3",
		"fact": "redundancy.zones",
		"actual": ["us-east-1a", "us-east-1b"],
		"required": ["us-east-1a", "us-east-1b", "us-east-1c"],
	}} with input as _change(["us-east-1a", "us-east-1b", "us-east-1c"], ["us-east-1a", "us-east-1b"])
}

test_pass_other_zones if {
	zone_count_reduced.deny == set() with input as _change(["us-east-1a", "us-east-1b"], ["us-east-1b", "us-east-1c"])
	zone_count_reduced.applies with input as _change(["us-east-1a", "us-east-1b"], ["us-east-1b", "us-east-1c"])
}

test_pass_a_single_zone_is_judged_elsewhere if {
	zone_count_reduced.deny == set() with input as _change(["us-east-1a", "us-east-1b"], ["us-east-1a"])
}

test_not_applicable_new_resource if {
	not zone_count_reduced.applies with input as {"change": {"action": "create"}}
}

test_unknown_zones_after_the_change if {
	zone_count_reduced.deny == set() with input as {
		"kind": "aws.autoscaling.group",
		"redundancy": {},
		"before": {"redundancy": {"zones": ["us-east-1a", "us-east-1b"]}},
	}
}

_change(before, after) := {
	"kind": "aws.autoscaling.group",
	"change": {"action": "update"},
	"redundancy": {"zones": after},
	"before": {"redundancy": {"zones": before}},
}

test_fail_service_in_other_subnets if {
	count(zone_count_reduced.deny) == 1 with input as _service(["subnet-1", "subnet-2"], ["subnet-1"])
}

test_pass_service_in_the_same_subnets if {
	zone_count_reduced.deny == set() with input as _service(["subnet-1"], ["subnet-1"])
}

_service(before, after) := object.union(_change(["us-east-1a", "us-east-1b", "us-east-1c"], ["us-east-1a", "us-east-1b"]), {
	"kind": "aws.ecs.service",
	"network": {"subnets": after},
	"before": {"network": {"subnets": before}},
})
