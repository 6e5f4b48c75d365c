package seaworthy.encryption.key_not_usable_test

import data.seaworthy.encryption.key_not_usable

test_fail_disabled if {
	key_not_usable.deny == {{
		"message": "the key is disabled, it is required to be enabled",
		"fact": "status.state",
		"actual": "disabled",
		"required": "enabled",
	}} with input as _key("disabled", false)
}

test_pass_enabled if {
	key_not_usable.deny == set() with input as _key("enabled", true)
	key_not_usable.applies with input as _key("enabled", true)
}

test_not_applicable_nothing_uses_it if {
	not key_not_usable.applies with input as object.union(_key("disabled", false), {"joined": {"unused": true}})
}

test_not_applicable_pending_deletion if {
	not key_not_usable.applies with input as _key("pendingdeletion", false)
}

test_unknown_state if {
	key_not_usable.deny == set() with input as {"key": {"manager": "customer"}, "status": {}}
}

_key(state, usable) := {
	"key": {"manager": "customer"},
	"status": {"state": state, "healthy": usable},
	"joined": {"unused": false},
}
