package seaworthy.traffic.alias_without_target_health_test

import data.seaworthy.traffic.alias_without_target_health

test_fail_off if {
	alias_without_target_health.deny == {{
		"message": "it is given out whatever becomes of shop.example.com, evaluating the health of its target is required",
		"fact": "dns.evaluates_target_health",
		"actual": false,
		"required": true,
	}} with input as _alias({"evaluates_target_health": false})
	alias_without_target_health.applies with input as _alias({"evaluates_target_health": false})
}

test_pass_on if {
	alias_without_target_health.deny == set() with input as _alias({"evaluates_target_health": true})
	alias_without_target_health.applies with input as _alias({"evaluates_target_health": true})
}

test_not_applicable_with_a_check_of_its_own if {
	not alias_without_target_health.applies with input as _alias({"health_check": "h-1"})
}

test_not_applicable_secondary if {
	not alias_without_target_health.applies with input as _alias({"failover": "secondary"})
}

test_unknown_health if {
	alias_without_target_health.deny == set() with input as _alias({})
}

_alias(dns) := {"dns": object.union(
	{"alias": true, "policy": "failover", "failover": "primary", "health_check": null, "targets": ["shop.example.com"]},
	dns,
)}
