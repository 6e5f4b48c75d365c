package seaworthy.encryption.key_pending_deletion_test

import data.seaworthy.encryption.key_pending_deletion

test_fail_scheduled if {
	key_pending_deletion.deny == {{
		"message": "the key is pending deletion, it is required to be enabled",
		"fact": "status.state",
		"actual": "pendingdeletion",
		"required": "enabled",
	}} with input as _key("customer", "pendingdeletion")
}

test_pass_enabled if {
	key_pending_deletion.deny == set() with input as _key("customer", "enabled")
	key_pending_deletion.applies with input as _key("customer", "enabled")
}

test_not_applicable_key_of_the_provider if {
	not key_pending_deletion.applies with input as _key("provider", "enabled")
}

test_unknown_state if {
	key_pending_deletion.deny == set() with input as {"key": {"manager": "customer"}, "status": {}}
}

_key(manager, state) := {"key": {"manager": manager}, "status": {"state": state}}
