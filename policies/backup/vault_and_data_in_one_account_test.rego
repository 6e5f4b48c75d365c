package seaworthy.backup.vault_and_data_in_one_account_test

import data.seaworthy.backup.vault_and_data_in_one_account as policy

database(joined) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": joined,
}

test_fail_all_in_one_account if {
	policy.applies with input as database({"beyond_account": false})
	policy.deny == {{
		"message": "all copies of its data are in its own account, one in another account or an air-gapped vault is required",
		"fact": "joined.beyond_account",
		"actual": false,
		"required": true,
	}} with input as database({"beyond_account": false})
}

test_pass_one_is_beyond_it if {
	policy.deny == set() with input as database({"beyond_account": true})
}

test_unknown_copies if {
	policy.deny == set() with input as database({})
}

test_not_asked_where_there_is_no_copy if {
	not policy.applies with input as database({"beyond_account": null})
}
