package seaworthy.change.key_deleted_test

import data.seaworthy.change.key_deleted

test_fail_deleted if {
	key_deleted.deny == {{
		"message": "a delete destroys the key, what it encrypts requires it",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"change": {"action": "delete"}}
}

test_pass_updated if {
	key_deleted.deny == set() with input as _updated
	key_deleted.applies with input as _updated
}

test_not_applicable_replica if {
	not key_deleted.applies with input as {"change": {"action": "delete"}, "before": {"key": {"primary": "key-1"}}}
}

test_unknown_primary if {
	not key_deleted.applies with input as {"change": {"action": "delete"}, "before": {"key": {}}}
}

_updated := {"change": {"action": "update"}, "before": {"key": {"primary": null}}}
