package seaworthy.change.vault_lock_removed_test

import data.seaworthy.change.vault_lock_removed

test_fail_lock_removed if {
	vault_lock_removed.deny == {{
		"message": "the vault is no longer locked, before the change it was",
		"fact": "protection.locked",
		"actual": false,
		"required": true,
	}} with input as _change({"locked": false})
}

test_fail_lock_weakened if {
	vault_lock_removed.deny == {{
		"message": "the lock holds recovery points for 7 days, before the change it was 30",
		"fact": "protection.lock_min_days",
		"actual": 7,
		"required": 30,
	}} with input as _change({"locked": true, "lock_min_days": 7})
}

test_fail_lock_without_a_minimum if {
	vault_lock_removed.deny == {{
		"message": "the lock holds recovery points for 0 days, before the change it was 30",
		"fact": "protection.lock_min_days",
		"actual": 0,
		"required": 30,
	}} with input as _change({"locked": true, "lock_min_days": null})
}

test_fail_lock_softened if {
	vault_lock_removed.deny == {{
		"message": "the lock can be taken off at any time (governance mode), before the change it could not",
		"fact": "protection.lock_mode",
		"actual": "governance",
		"required": "compliance",
	}} with input as _change({"locked": true, "lock_mode": "governance", "lock_min_days": 30})
}

test_pass_lock_stays if {
	after := {"locked": true, "lock_mode": "compliance", "lock_min_days": 30}
	vault_lock_removed.deny == set() with input as _change(after)
	vault_lock_removed.applies with input as _change(after)
}

test_not_applicable_was_not_locked if {
	not vault_lock_removed.applies with input as {
		"change": {"action": "update"},
		"before": {"protection": {"locked": false}},
	}
}

test_unknown_lock_after_the_change if {
	vault_lock_removed.deny == set() with input as _change({})
}

_change(protection) := {
	"change": {"action": "update"},
	"protection": protection,
	"before": {"protection": {"locked": true, "lock_mode": "compliance", "lock_min_days": 30}},
}
