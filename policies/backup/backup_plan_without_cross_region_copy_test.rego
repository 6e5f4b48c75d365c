package seaworthy.backup.backup_plan_without_cross_region_copy_test

import data.seaworthy.backup.backup_plan_without_cross_region_copy

test_fail_no_copy if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to another region, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "a region other than its own",
	}} with input as _input(null, [_copy("us-east-1", true)])
}

test_fail_no_copy_to_the_recovery_region if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to us-west-2, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2",
	}} with input as _input("us-west-2", [_copy("eu-west-1", true)])
}

test_fail_copy_to_another_account if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to us-west-2 in account 444455556666, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2 in account 444455556666",
	}} with input as _abroad("us-west-2", "111122223333")
}

test_fail_copy_to_another_region_of_the_recovery_account if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to us-west-2 in account 444455556666, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2 in account 444455556666",
	}} with input as _abroad("eu-west-1", "444455556666")
}

test_fail_vault_does_not_exist if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "the vault vault-dr in us-west-2, which is copied to, does not exist",
		"fact": "joined.copy_vaults",
		"actual": null,
		"required": "vault-dr",
	}} with input as _input("us-west-2", [_copy("us-west-2", false), _copy("eu-west-1", true)])
}

test_fail_vault_does_not_exist_in_any_region if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "the vault vault-dr in us-west-2, which is copied to, does not exist",
		"fact": "joined.copy_vaults",
		"actual": null,
		"required": "vault-dr",
	}} with input as _input(null, [_copy("us-west-2", false), _copy("us-east-1", true)])
}

test_fail_vault_does_not_exist_in_the_recovery_account if {
	gone := object.union(_copy("us-west-2", false), {"account": "444455556666"})
	every other in [_copy("us-west-2", true), _copy("eu-west-1", true)] {
		backup_plan_without_cross_region_copy.deny == {{
			"message": "the vault vault-dr in us-west-2, which is copied to, does not exist",
			"fact": "joined.copy_vaults",
			"actual": null,
			"required": "vault-dr",
		}} with input as _abroad_with([gone, other])
	}
}

test_fail_vault_does_not_exist_in_the_same_region_of_the_recovery_account if {
	gone := object.union(_copy("us-east-1", false), {"account": "444455556666"})
	backup_plan_without_cross_region_copy.deny == {{
		"message": "the vault vault-dr in us-east-1, which is copied to, does not exist",
		"fact": "joined.copy_vaults",
		"actual": null,
		"required": "vault-dr",
	}} with input as object.union(_abroad_with([gone]), {"joined": {"recovery_region": "us-east-1"}})
}

test_pass_copy_to_the_same_region_of_the_recovery_account if {
	there := object.union(_copy("us-east-1", true), {"account": "444455556666"})
	copies := [_copy("us-east-1", true), there]
	same_region := object.union(_abroad_with(copies), {"joined": {"recovery_region": "us-east-1"}})
	backup_plan_without_cross_region_copy.deny == set() with input as same_region
	backup_plan_without_cross_region_copy.satisfied with input as same_region
}

test_pass_another_vault_exists_in_the_recovery_account if {
	copies := [object.union(_copy("us-west-2", exists), {"account": "444455556666"}) | some exists in [false, true]]
	backup_plan_without_cross_region_copy.deny == set() with input as _abroad_with(copies)
	backup_plan_without_cross_region_copy.satisfied with input as _abroad_with(copies)
}

test_pass_copy_to_the_recovery_account if {
	backup_plan_without_cross_region_copy.deny == set() with input as _abroad("us-west-2", "444455556666")
	backup_plan_without_cross_region_copy.satisfied with input as _abroad("us-west-2", "444455556666")
}

test_pass_copy_to_another_account_where_none_is_asked_for if {
	copy := object.union(_copy("us-west-2", true), {"account": "444455556666"})
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", [copy])
	backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", [copy])
}

test_pass_copy_to_another_region if {
	backup_plan_without_cross_region_copy.deny == set() with input as _input(null, [_copy("us-west-2", true)])
	backup_plan_without_cross_region_copy.satisfied with input as _input(null, [_copy("us-west-2", true)])
	backup_plan_without_cross_region_copy.applies with input as _input(null, [_copy("us-west-2", true)])
}

test_pass_copy_to_the_recovery_region if {
	copies := [_copy("us-west-2", false), _copy("us-west-2", true)]
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", copies)
	backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", copies)
}

test_unknown_destination if {
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", [{}])
	not backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", [{}])
}

test_unknown_whether_the_vault_exists if {
	copies := [{"vault": "vault-dr", "region": "us-west-2", "account": "111122223333"}]
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", copies)
	not backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", copies)
}

_copy(region, exists) := {"vault": "vault-dr", "region": region, "account": "111122223333", "exists": exists}

_abroad(region, account) := _abroad_with([object.union(_copy(region, true), {"account": account})])

_abroad_with(copies) := {
	"place": {"region": "us-east-1"},
	"joined": {
		"recovery_region": "us-west-2",
		"recovery_account": "444455556666",
		"in_another_account": true,
		"is_recovery_side": false,
		"copy_vaults": copies,
	},
}

_input(recovery_region, copies) := {
	"place": {"region": "us-east-1"},
	"joined": {
		"recovery_region": recovery_region,
		"recovery_account": "111122223333",
		"in_another_account": false,
		"is_recovery_side": false,
		"copy_vaults": copies,
	},
}
