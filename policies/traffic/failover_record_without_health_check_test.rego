package seaworthy.traffic.failover_record_without_health_check_test

import data.seaworthy.traffic.failover_record_without_health_check

test_fail_primary_without_a_check if {
	failover_record_without_health_check.deny == {{
		"message": "it is given out whatever becomes of east.example.com, a health check is required",
		"fact": "dns.health_check",
		"actual": null,
		"required": "a health check",
	}} with input as _primary({"health_check": null}, null)
	failover_record_without_health_check.applies with input as _primary({"health_check": null}, null)
}

test_fail_check_that_was_deleted if {
	failover_record_without_health_check.deny == {{
		"message": "its health check h-1 does not exist, which counts as healthy; one that exists is required",
		"fact": "joined.gate.exists",
		"actual": false,
		"required": true,
	}} with input as _primary({"health_check": "h-1"}, {"id": "h-1", "exists": false})
}

test_fail_latency_with_a_sibling_in_the_recovery_region if {
	failover_record_without_health_check.applies with input as _latency([{"in_recovery_place": false}, {"in_recovery_place": true}])
}

test_pass_gated if {
	failover_record_without_health_check.deny == set() with input as _primary({"health_check": "h-1"}, {"id": "h-1", "exists": true})
}

test_pass_alias if {
	failover_record_without_health_check.deny == set() with input as _primary({"alias": true, "health_check": null}, null)
}

test_not_applicable_secondary if {
	not failover_record_without_health_check.applies with input as {"dns": {"failover": "secondary", "policy": "failover"}}
}

test_not_applicable_siblings_in_one_region if {
	not failover_record_without_health_check.applies with input as _latency([{"in_recovery_place": false}])
}

test_unknown_check if {
	failover_record_without_health_check.deny == set() with input as _primary({}, null)
}

_primary(dns, gate) := {
	"dns": object.union(
		{"policy": "failover", "failover": "primary", "alias": false, "targets": ["east.example.com"]},
		dns,
	),
	"joined": {"gate": gate},
}

_latency(siblings) := {
	"dns": {"policy": "latency", "failover": null, "alias": false},
	"joined": {"recovery_region": "us-west-2", "siblings": siblings},
}
