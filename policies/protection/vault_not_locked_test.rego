package seaworthy.protection.vault_not_locked_test

import data.seaworthy.protection.vault_not_locked

test_fail_not_locked if {
	vault_not_locked.deny == {{
		"message": "the vault is not locked, it is required to be",
		"fact": "protection.locked",
		"actual": false,
		"required": true,
	}} with input as {"protection": {"locked": false}}
}

test_fail_lock_that_can_be_taken_off if {
	vault_not_locked.deny == {{
		"message": "the lock is in governance mode and can be taken off, compliance mode is required",
		"fact": "protection.lock_mode",
		"actual": "governance",
		"required": "compliance",
	}} with input as {"protection": {"locked": true, "lock_mode": "governance"}}
}

test_pass_locked if {
	vault_not_locked.deny == set() with input as {"protection": {"locked": true, "lock_mode": "compliance"}}
}

test_unknown_mode if {
	vault_not_locked.deny == set() with input as {"protection": {"locked": true}}
}

test_unknown_lock if {
	vault_not_locked.deny == set() with input as {"protection": {}}
}
