package seaworthy.traffic.health_check_disabled_test

import data.seaworthy.traffic.health_check_disabled

test_fail_disabled if {
	health_check_disabled.deny == {{
		"message": "it is disabled, which counts as healthy for ever",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}} with input as _check({"enabled": false})
	health_check_disabled.applies with input as _check({"enabled": false})
}

test_pass_enabled if {
	health_check_disabled.deny == set() with input as _check({"enabled": true})
}

test_not_applicable_where_it_gates_nothing if {
	not health_check_disabled.applies with input as {"health_check": {"enabled": false}, "joined": {"used_by": []}}
}

test_unknown_state if {
	health_check_disabled.deny == set() with input as _check({})
}

_check(facts) := {"health_check": facts, "joined": {"used_by": ["Z1/shop.example.com/A/primary"]}}
