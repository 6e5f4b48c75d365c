package seaworthy.identity.role_missing_in_recovery_account_test

import data.seaworthy.identity.role_missing_in_recovery_account

test_fail_no_counterpart if {
	role_missing_in_recovery_account.deny == {{
		"message": "no role orders exists in account 444455556666, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "orders",
	}} with input as _role({"counterpart": null})
}

test_pass_counterpart_exists if {
	role_missing_in_recovery_account.deny == set() with input as _role({"counterpart": {"how": "same-name"}})
	role_missing_in_recovery_account.applies with input as _role({"counterpart": {"how": "same-name"}})
}

test_not_applicable_in_the_same_account if {
	not role_missing_in_recovery_account.applies with input as _role({"in_another_account": false})
}

test_not_applicable_not_needed if {
	not role_missing_in_recovery_account.applies with input as _role({"needed_in_recovery": false})
}

test_unknown_counterpart if {
	role_missing_in_recovery_account.deny == set() with input as _role({})
}

_role(joined) := {
	"name": "orders",
	"role": {"service_linked": false},
	"joined": object.union(
		{"recovery_account": "444455556666", "in_another_account": true, "needed_in_recovery": true},
		joined,
	),
}
