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

test_pass_locked if {
	vault_not_locked.deny == set() with input as {"protection": {"locked": true}}
}

test_unknown_lock if {
	vault_not_locked.deny == set() with input as {"protection": {}}
}
