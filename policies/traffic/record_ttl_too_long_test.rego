package seaworthy.traffic.record_ttl_too_long_test

import data.seaworthy.traffic.record_ttl_too_long

test_fail_long if {
	record_ttl_too_long.deny == {{
		"message": "its answers are kept for 300 seconds, at most 60 are allowed",
		"fact": "dns.ttl_seconds",
		"actual": 300,
		"required": 60,
	}} with input as _record("failover", 300, [])
	record_ttl_too_long.applies with input as _record("failover", 300, [])
}

test_fail_simple_that_leads_to_a_region if {
	record_ttl_too_long.applies with input as _record("simple", 300, ["us-east-1"])
}

test_pass_short if {
	record_ttl_too_long.deny == set() with input as _record("failover", 60, [])
}

test_pass_by_parameter if {
	record_ttl_too_long.deny == set() with input as _record("failover", 300, [])
		with data.parameters["record-ttl-too-long"].max_seconds as 300
}

test_not_applicable_alias if {
	not record_ttl_too_long.applies with input as _record("failover", null, [])
}

test_not_applicable_simple_that_leads_to_no_region if {
	not record_ttl_too_long.applies with input as _record("simple", 300, [])
}

test_unknown_time if {
	record_ttl_too_long.deny == set() with input as {"dns": {"policy": "failover"}, "joined": {"lost_regions": []}}
}

_record(policy, ttl, lost) := {
	"dns": {"policy": policy, "ttl_seconds": ttl},
	"joined": {"lost_regions": lost},
}
