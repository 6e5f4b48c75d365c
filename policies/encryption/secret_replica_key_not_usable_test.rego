package seaworthy.encryption.secret_replica_key_not_usable_test

import data.seaworthy.encryption.secret_replica_key_not_usable

test_fail_disabled if {
	secret_replica_key_not_usable.deny == {{
		"message": "its key key/west in us-west-2 is disabled, it is required to be enabled",
		"fact": "joined.counterpart_key",
		"actual": "disabled",
		"required": "enabled",
		"details": {"key": "key/west"},
	}} with input as _input({"id": "key/west", "state": "disabled", "usable": false})
}

test_fail_deleted if {
	secret_replica_key_not_usable.deny == {{
		"message": "its key key/west in us-west-2 is gone, it is required to be enabled",
		"fact": "joined.counterpart_key",
		"actual": null,
		"required": "enabled",
		"details": {"key": "key/west"},
	}} with input as _input({"id": "key/west", "state": null, "usable": false})
}

test_pass_enabled if {
	enabled := _input({"id": "key/west", "state": "enabled", "usable": true})
	secret_replica_key_not_usable.deny == set() with input as enabled
	secret_replica_key_not_usable.applies with input as enabled
}

test_unknown_key if {
	secret_replica_key_not_usable.deny == set() with input as _input({"id": "key/west"})
	secret_replica_key_not_usable.applies with input as _input({"id": "key/west"})
}

test_not_applicable_without_a_counterpart if {
	not secret_replica_key_not_usable.applies with input as _input(null)
}

_input(key) := {"joined": {"recovery_region": "us-west-2", "counterpart_key": key}}
