package seaworthy.change.short_key_deletion_window_test

import data.seaworthy.change.short_key_deletion_window

test_fail_deleted_after_a_week if {
	short_key_deletion_window.deny == {{
		"message": "the key is deleted after 7 days, at least 14 are required",
		"fact": "protection.recovery_window_days",
		"actual": 7,
		"required": 14,
	}} with input as _change("delete", 7, 7)
}

test_fail_window_shortened if {
	short_key_deletion_window.deny == {{
		"message": "the key would be deleted after 7 days, at least 14 are required",
		"fact": "protection.recovery_window_days",
		"actual": 7,
		"required": 14,
	}} with input as _change("update", 30, 7)
}

test_pass_deleted_after_a_month if {
	short_key_deletion_window.deny == set() with input as _change("delete", 30, 30)
	short_key_deletion_window.applies with input as _change("delete", 30, 30)
}

test_pass_window_was_short_before if {
	short_key_deletion_window.deny == set() with input as _change("update", 7, 7)
}

test_not_applicable_new_key if {
	not short_key_deletion_window.applies with input as {"change": {"action": "create"}}
}

test_unknown_window if {
	short_key_deletion_window.deny == set() with input as {
		"change": {"action": "delete"},
		"before": {"protection": {}},
	}
}

_change(action, before, after) := {
	"change": {"action": action},
	"protection": {"recovery_window_days": after},
	"before": {"protection": {"recovery_window_days": before}},
}
