package seaworthy.backup.backup_rule_refused_test

import data.seaworthy.backup.backup_rule_refused

test_fail_vault_does_not_exist if {
	backup_rule_refused.deny == {{
		"message": "rule daily writes to vault-main, which does not exist",
		"fact": "plan.rules",
		"actual": "vault-main",
		"required": "a vault that exists",
	}} with input as _plan(object.union(_vault(35, null, null), {"exists": false}), _vault(35, null, null))
}

test_fail_vault_of_a_copy_does_not_exist if {
	backup_rule_refused.deny == {{
		"message": "rule daily writes to vault-main, which does not exist",
		"fact": "plan.rules",
		"actual": "vault-main",
		"required": "a vault that exists",
	}} with input as _plan(_vault(35, null, null), object.union(_vault(35, null, null), {"exists": false}))
}

test_fail_retention_below_the_lock if {
	backup_rule_refused.deny == {{
		"message": "the lock of vault-main asks for at least 30 days, rule daily keeps 7",
		"fact": "plan.rules",
		"actual": 7,
		"required": 30,
	}} with input as _plan(_vault(7, 30, null), _vault(35, null, null))
}

test_fail_retention_of_a_copy_below_the_lock if {
	backup_rule_refused.deny == {{
		"message": "the lock of vault-main asks for at least 30 days, rule daily keeps 7",
		"fact": "plan.rules",
		"actual": 7,
		"required": 30,
	}} with input as _plan(_vault(7, 7, null), _vault(7, 30, null))
}

test_fail_retention_above_the_lock if {
	backup_rule_refused.deny == {{
		"message": "the lock of vault-main takes at most 30 days, rule daily asks for more",
		"fact": "plan.rules",
		"actual": 35,
		"required": 30,
	}} with input as _plan(_vault(35, null, 30), _vault(35, null, 35))
}

test_fail_copy_is_kept_for_ever if {
	backup_rule_refused.deny == {{
		"message": "the lock of vault-main takes at most 365 days, rule daily asks for more",
		"fact": "plan.rules",
		"actual": null,
		"required": 365,
	}} with input as _plan(_vault(null, 30, null), _vault(null, 30, 365))
}

test_pass_within_what_the_lock_takes if {
	backup_rule_refused.deny == set() with input as _plan(_vault(35, 7, 365), _vault(7, 7, 7))
}

test_unknown_vault if {
	unseen := {"rule": "daily", "vault": "vault-main", "delete_after_days": 35}
	backup_rule_refused.deny == set() with input as _plan(unseen, unseen)
}

test_unknown_lock if {
	unseen := object.remove(_vault(35, null, null), ["lock_min_days", "lock_max_days"])
	backup_rule_refused.deny == set() with input as _plan(unseen, _vault(35, null, null))
}

_plan(own, copy) := {"joined": {"vaults": [own], "copy_vaults": [copy]}}

_vault(days, min, max) := {
	"rule": "daily",
	"vault": "vault-main",
	"exists": true,
	"delete_after_days": days,
	"lock_min_days": min,
	"lock_max_days": max,
}
