package seaworthy.change.standby_turned_down_test

import data.seaworthy.change.standby_turned_down

test_fail_desired if {
	standby_turned_down.deny == {_finding("is to run 0", "capacity.desired", 0, 2)} with input as _change(
		"aws.ecs.service",
		{"desired": 2},
		{"desired": 0},
	)
	standby_turned_down.applies with input as _change("aws.ecs.service", {"desired": 2}, {"desired": 0})
}

test_fail_least if {
	standby_turned_down.deny == {_finding("may be scaled in to 0", "capacity.min", 0, 1)} with input as _change(
		"aws.eks.node-group",
		{"min": 1, "desired": 2, "max": 4},
		{"min": 0, "desired": 2, "max": 4},
	)
}

test_fail_greatest_under_pilot_light if {
	standby_turned_down.deny == {_finding("may run 0 at most", "capacity.max", 0, 8)} with input as _under(
		"pilot-light",
		"aws.autoscaling.group",
		{"min": 1, "desired": 2, "max": 8},
		{"min": 0, "desired": 0, "max": 0},
	)
}

test_fail_function_that_never_runs if {
	every was in [null, 5] {
		expected := {_finding("can never run", "capacity.max", 0, was)}
		standby_turned_down.deny == expected with input as _change("aws.lambda.function", {"max": was}, {"max": 0})
	}
}

test_fail_event_source_disabled if {
	standby_turned_down.deny == {_finding("hands on nothing", "status.healthy", false, true)} with input as _source(true, false)
}

test_pass_event_source_enabled if {
	standby_turned_down.deny == set() with input as _source(false, true)
}

test_fail_fewer_reserved if {
	standby_turned_down.deny == {_finding("keeps 1 machines free", "reservation.total", 1, 4)} with input as _reserved(4, 1)
}

test_pass_more_reserved if {
	standby_turned_down.deny == set() with input as _reserved(4, 5)
}

test_pass_still_runs if {
	standby_turned_down.deny == set() with input as _change(
		"aws.autoscaling.group",
		{"min": 2, "desired": 4, "max": 8},
		{"min": 1, "desired": 1, "max": 4},
	)
	standby_turned_down.deny == set() with input as _change("aws.lambda.function", {"max": 0}, {"max": 0})
}

test_pass_nothing_has_to_run if {
	standby_turned_down.deny == set() with input as _under(
		"backup-restore",
		"aws.autoscaling.group",
		{"min": 1, "desired": 1, "max": 8},
		{"min": 0, "desired": 0, "max": 8},
	)
}

test_not_applicable_where_nothing_comes_back if {
	not standby_turned_down.applies with input as {"change": {"action": "update"}, "joined": {"stands_in_for": []}}
}

test_unknown_desired if {
	standby_turned_down.deny == set() with input as _change("aws.ecs.service", {"desired": 2}, {})
}

_finding(what, fact, actual, required) := {
	"message": sprintf("%s after the change, what comes back here from us-east-1 requires more", [what]),
	"fact": fact,
	"actual": actual,
	"required": required,
}

_change(kind, before, after) := _under(null, kind, before, after)

_under(pattern, kind, before, after) := {
	"kind": kind,
	"change": {"action": "update"},
	"capacity": after,
	"before": {"capacity": before},
	"joined": {"stands_in_for": ["us-east-1"], "pattern": pattern},
}

_source(before, after) := {
	"kind": "aws.lambda.event-source-mapping",
	"change": {"action": "update"},
	"status": {"healthy": after},
	"before": {"status": {"healthy": before}},
	"joined": {"stands_in_for": ["us-east-1"], "pattern": null},
}

_reserved(before, after) := {
	"kind": "aws.ec2.capacity-reservation",
	"change": {"action": "update"},
	"reservation": {"total": after},
	"before": {"reservation": {"total": before}},
	"joined": {"stands_in_for": ["us-east-1"], "pattern": null},
}
