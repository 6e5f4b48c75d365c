package seaworthy.change.health_check_turned_off_test

import data.seaworthy.change.health_check_turned_off

test_fail_check_turned_off if {
	health_check_turned_off.deny == {{
		"message": "the health check is turned off, before the change it was on",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}} with input as {
		"kind": "aws.elbv2.target-group",
		"change": {"action": "update"},
		"before": {"health_check": {"enabled": true}},
		"health_check": {"enabled": false},
	}
}

test_fail_record_without_its_check if {
	health_check_turned_off.deny == {{
		"message": "no health check gates it any more, before the change one did",
		"fact": "dns.health_check",
		"actual": null,
		"required": "h-1",
	}} with input as _record({"health_check": "h-1"}, {"health_check": null})
}

test_fail_target_not_evaluated if {
	health_check_turned_off.deny == {{
		"message": "the health of its target is not evaluated any more, before the change it was",
		"fact": "dns.evaluates_target_health",
		"actual": false,
		"required": true,
	}} with input as _record(
		{"health_check": null, "evaluates_target_health": true},
		{"health_check": null, "evaluates_target_health": false},
	)
}

test_pass_kept if {
	health_check_turned_off.deny == set() with input as _record({"health_check": "h-1"}, {"health_check": "h-1"})
	health_check_turned_off.applies with input as _record({"health_check": "h-1"}, {"health_check": "h-1"})
}

test_not_applicable_deleted if {
	not health_check_turned_off.applies with input as {"change": {"action": "delete"}}
}

test_unknown_check if {
	health_check_turned_off.deny == set() with input as _record({"health_check": "h-1"}, {})
}

_record(before, dns) := {
	"kind": "aws.route53.record",
	"change": {"action": "update"},
	"before": {"dns": before},
	"dns": dns,
}
