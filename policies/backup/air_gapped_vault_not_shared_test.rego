package seaworthy.backup.air_gapped_vault_not_shared_test

import data.seaworthy.backup.air_gapped_vault_not_shared as policy

vault(unshared) := {"kind": "aws.backup.vault", "joined": {"unshared_with": unshared}}

test_fail_the_recovery_account_is_left_out if {
	policy.applies with input as vault(["444455556666"])
	policy.deny == {{
		"message": "account 444455556666 does not get at it, by a resource share or a team that approves it",
		"fact": "joined.unshared_with",
		"actual": "444455556666",
		"required": "shared",
	}} with input as vault(["444455556666"])
}

test_pass_it_is_shared if {
	policy.deny == set() with input as vault([])
}

test_unknown_shares if {
	policy.deny == set() with input as {"kind": "aws.backup.vault", "joined": {}}
}

test_not_asked_of_other_vaults if {
	not policy.applies with input as vault(null)
}
