package seaworthy.encryption.default_key_not_shareable_test

import data.seaworthy.encryption.default_key_not_shareable

test_fail_key_of_the_provider if {
	default_key_not_shareable.deny == {{
		"message": "its key key-1 is managed by AWS, account 444455556666 requires one that can be shared",
		"fact": "joined.keys",
		"actual": "provider",
		"required": "customer",
	}} with input as _input("provider", true)
}

test_pass_key_of_the_customer if {
	default_key_not_shareable.deny == set() with input as _input("customer", true)
	default_key_not_shareable.applies with input as _input("customer", true)
}

test_not_applicable_in_the_same_account if {
	not default_key_not_shareable.applies with input as _input("provider", false)
}

test_unknown_key if {
	default_key_not_shareable.deny == set() with input as {"joined": {"recovery_account": "444455556666"}}
}

_input(manager, elsewhere) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "none"},
	"joined": {
		"recovery_account": "444455556666",
		"in_another_account": elsewhere,
		"keys": [{"id": "key-1", "manager": manager}],
	},
}
