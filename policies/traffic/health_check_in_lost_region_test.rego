package seaworthy.traffic.health_check_in_lost_region_test

import data.seaworthy.traffic.health_check_in_lost_region

test_fail_alarm_that_keeps_its_state if {
	health_check_in_lost_region.deny == {{
		"message": "its health check takes the state of an alarm in us-east-1, which has no data once that region is lost",
		"fact": "joined.gate.alarm_region",
		"actual": "us-east-1",
		"required": "another region",
		"details": {"health_check": "h-1"},
	}} with input as _record("primary", _alarm("last_known_status"))
	health_check_in_lost_region.applies with input as _record("primary", _alarm("last_known_status"))
}

test_fail_secondary_that_asks_the_lost_region if {
	health_check_in_lost_region.deny == {{
		"message": "its health check asks an endpoint in us-east-1, so that the secondary is left out once that region is lost",
		"fact": "joined.gate.endpoint_region",
		"actual": "us-east-1",
		"required": "another region",
		"details": {"health_check": "h-1"},
	}} with input as _record("secondary", _endpoint)
}

test_fail_secondary_with_an_alarm_there if {
	count(health_check_in_lost_region.deny) == 1 with input as _record("secondary", _alarm("unhealthy"))
}

test_pass_alarm_that_fails_over if {
	health_check_in_lost_region.deny == set() with input as _record("primary", _alarm("unhealthy"))
}

test_pass_primary_that_asks_its_endpoint if {
	health_check_in_lost_region.deny == set() with input as _record("primary", _endpoint)
}

test_not_applicable_without_a_check if {
	not health_check_in_lost_region.applies with input as _record("primary", null)
}

test_unknown_check if {
	health_check_in_lost_region.deny == set() with input as {"dns": {"failover": "primary"}, "joined": {"lost_regions": ["us-east-1"]}}
}

_record(role, gate) := {
	"dns": {"failover": role},
	"joined": {"lost_regions": ["us-east-1"], "gate": gate},
}

_alarm(without_data) := {
	"id": "h-1", "alarm_region": "us-east-1", "without_data": without_data, "endpoint_region": null,
}

_endpoint := {"id": "h-1", "alarm_region": null, "without_data": null, "endpoint_region": "us-east-1"}
