package seaworthy.encryption.key_missing_in_recovery_region_test

import data.seaworthy.encryption.key_missing_in_recovery_region

test_fail_no_counterpart if {
	key_missing_in_recovery_region.deny == {{
		"message": "its key alias/orders has no counterpart in us-west-2, an enabled one is required",
		"fact": "joined.keys",
		"actual": null,
		"required": "enabled",
		"details": {"key": "key-1", "recovery_region": "us-west-2"},
	}} with input as _input({"id": "key-1", "alias": "orders", "counterpart": null})
}

test_fail_counterpart_is_not_usable if {
	key_missing_in_recovery_region.deny == {{
		"message": "the counterpart of its key key-1 in us-west-2 is disabled, it is required to be enabled",
		"fact": "joined.keys",
		"actual": "disabled",
		"required": "enabled",
		"details": {"key": "key-1", "counterpart": "key-2"},
	}} with input as _input(_key("disabled", false))
}

test_pass_enabled_counterpart if {
	key_missing_in_recovery_region.deny == set() with input as _input(_key("enabled", true))
	key_missing_in_recovery_region.applies with input as _input(_key("enabled", true))
}

test_not_applicable_without_a_recovery_region if {
	not key_missing_in_recovery_region.applies with input as {
		"kind": "aws.s3.bucket",
		"encryption": {"enabled": true},
		"joined": {"recovery_region": null, "is_recovery_side": false},
	}
}

test_unknown_counterpart if {
	key_missing_in_recovery_region.deny == set() with input as _input({"id": "key-1", "alias": "orders"})
}

test_unknown_keys if {
	key_missing_in_recovery_region.deny == set() with input as {"joined": {"recovery_region": "us-west-2"}}
}

_input(key) := {
	"kind": "aws.s3.bucket",
	"encryption": {"enabled": true},
	"joined": {"recovery_region": "us-west-2", "is_recovery_side": false, "keys": [key]},
}

_key(state, usable) := {
	"id": "key-1",
	"alias": null,
	"counterpart": {"id": "key-2", "state": state, "usable": usable},
}
