package seaworthy.traffic.target_group_without_health_check_test

import data.seaworthy.traffic.target_group_without_health_check

test_fail_off if {
	target_group_without_health_check.deny == {{
		"message": "nobody checks whether its targets work, a health check is required",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}} with input as {"health_check": {"enabled": false}}
}

test_pass_on if {
	target_group_without_health_check.deny == set() with input as {"health_check": {"enabled": true}}
}

test_unknown_check if {
	target_group_without_health_check.deny == set() with input as {"health_check": {}}
}
