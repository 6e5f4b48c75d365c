package seaworthy.traffic.no_healthy_targets_test

import data.seaworthy.traffic.no_healthy_targets

test_fail_none_is_healthy if {
	no_healthy_targets.deny == {{
		"message": "0 of its 2 targets are healthy, at least 1 is required",
		"fact": "traffic.healthy_targets",
		"actual": 0,
		"required": 1,
	}} with input as _group(["arn:lb"], 0, {"is_recovery_side": false})
	no_healthy_targets.applies with input as _group(["arn:lb"], 0, {"is_recovery_side": false})
}

test_fail_standby_that_is_to_run if {
	no_healthy_targets.applies with input as _group(["arn:lb"], 0, {"is_recovery_side": true, "pattern": "warm-standby"})
}

test_pass_one_is_healthy if {
	no_healthy_targets.deny == set() with input as _group(["arn:lb"], 1, {"is_recovery_side": false})
	no_healthy_targets.applies with input as _group(["arn:lb"], 1, {"is_recovery_side": false})
}

test_not_applicable_pilot_light_that_waits if {
	not no_healthy_targets.applies with input as _group(["arn:lb"], 0, {
		"is_recovery_side": true,
		"pattern": "pilot-light",
	})
}

test_not_applicable_group_that_nobody_sends_to if {
	not no_healthy_targets.applies with input as _group([], 0, {"is_recovery_side": false})
}

test_unknown_health if {
	no_healthy_targets.deny == set() with input as {"traffic": {"balancers": ["arn:lb"]}, "joined": {"is_recovery_side": false}}
}

_group(balancers, healthy, joined) := {
	"traffic": {"balancers": balancers, "targets": 2, "healthy_targets": healthy},
	"joined": joined,
}
