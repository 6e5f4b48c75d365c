package seaworthy.backup.backup_plan_without_cross_region_copy_test

import data.seaworthy.backup.backup_plan_without_cross_region_copy

test_fail_no_copy if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to another region, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "a region other than its own",
	}} with input as _input(null, [{"region": "us-east-1"}])
}

test_fail_no_copy_to_the_recovery_region if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to us-west-2, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2",
	}} with input as _input("us-west-2", [{"region": "eu-west-1"}])
}

test_fail_copy_to_another_account if {
	backup_plan_without_cross_region_copy.deny == {{
		"message": "no rule copies recovery points to us-west-2 in account 444455556666, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2 in account 444455556666",
	}} with input as _abroad("111122223333")
}

test_pass_copy_to_the_recovery_account if {
	backup_plan_without_cross_region_copy.deny == set() with input as _abroad("444455556666")
	backup_plan_without_cross_region_copy.satisfied with input as _abroad("444455556666")
}

test_pass_copy_to_another_region if {
	backup_plan_without_cross_region_copy.deny == set() with input as _input(null, [{"region": "us-west-2"}])
	backup_plan_without_cross_region_copy.applies with input as _input(null, [{"region": "us-west-2"}])
}

test_pass_copy_to_the_recovery_region if {
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", [{"region": "us-west-2"}])
	backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", [{"region": "us-west-2"}])
}

test_unknown_destination if {
	backup_plan_without_cross_region_copy.deny == set() with input as _input("us-west-2", [{}])
	not backup_plan_without_cross_region_copy.satisfied with input as _input("us-west-2", [{}])
}

_abroad(account) := {
	"plan": {"rules": [{"copies": [{"region": "us-west-2", "account": account}]}]},
	"joined": {
		"recovery_region": "us-west-2",
		"recovery_account": "444455556666",
		"in_another_account": true,
		"is_recovery_side": false,
	},
}

_input(recovery_region, copies) := {
	"place": {"region": "us-east-1"},
	"plan": {"rules": [{"copies": copies}]},
	"joined": {
		"recovery_region": recovery_region,
		"recovery_account": "111122223333",
		"in_another_account": false,
		"is_recovery_side": false,
	},
}
