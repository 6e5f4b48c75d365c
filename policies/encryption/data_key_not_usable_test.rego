package seaworthy.encryption.data_key_not_usable_test

import data.seaworthy.encryption.data_key_not_usable

test_fail_key_is_disabled if {
	data_key_not_usable.deny == {{
		"message": "its key key-1 is disabled, it is required to be enabled",
		"fact": "joined.keys",
		"actual": "disabled",
		"required": "enabled",
	}} with input as _input("disabled", false)
}

test_pass_key_is_enabled if {
	data_key_not_usable.deny == set() with input as _input("enabled", true)
	data_key_not_usable.applies with input as _input("enabled", true)
}

test_unknown_key if {
	data_key_not_usable.deny == set() with input as {"joined": {"keys": [{"id": "key-1"}]}}
}

_input(state, usable) := {
	"kind": "aws.rds.cluster",
	"encryption": {"enabled": true},
	"joined": {"keys": [{"id": "key-1", "state": state, "usable": usable}]},
}
