package seaworthy.change.secret_recovery_window_removed_test

import data.seaworthy.change.secret_recovery_window_removed

test_fail_no_window if {
	secret_recovery_window_removed.deny == {{
		"message": "a deletion leaves no days to restore it, before the change it was 30",
		"fact": "protection.recovery_window_days",
		"actual": 0,
		"required": 30,
	}} with input as _change(30, 0)
}

test_pass_shorter_window if {
	secret_recovery_window_removed.deny == set() with input as _change(30, 7)
	secret_recovery_window_removed.applies with input as _change(30, 7)
}

test_pass_was_so_before if {
	secret_recovery_window_removed.deny == set() with input as _change(0, 0)
}

test_not_applicable_new_secret if {
	not secret_recovery_window_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	secret_recovery_window_removed.deny == set() with input as {
		"change": {"action": "update"},
		"protection": {},
		"before": {"protection": {"recovery_window_days": 30}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"protection": {"recovery_window_days": after},
	"before": {"protection": {"recovery_window_days": before}},
}
