package seaworthy.backup.point_in_time_recovery_disabled_test

import data.seaworthy.backup.point_in_time_recovery_disabled

test_fail_recovery_off if {
	point_in_time_recovery_disabled.deny == {{
		"message": "point-in-time recovery is off, it is required to be on",
		"fact": "backup.point_in_time",
		"actual": false,
		"required": true,
	}} with input as {"backup": {"point_in_time": false}}
}

test_pass_recovery_on if {
	point_in_time_recovery_disabled.deny == set() with input as {"backup": {"point_in_time": true}}
}

test_unknown_recovery if {
	point_in_time_recovery_disabled.deny == set() with input as {"backup": {}}
}
