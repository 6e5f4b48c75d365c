package seaworthy.change.key_replica_removed_test

import data.seaworthy.change.key_replica_removed

test_fail_deleted if {
	key_replica_removed.deny == {{
		"message": "a delete destroys the key replica, what it encrypts requires it",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"change": {"action": "delete"}}
}

test_pass_updated if {
	key_replica_removed.deny == set() with input as _updated
	key_replica_removed.applies with input as _updated
}

test_not_applicable_key_of_its_own if {
	not key_replica_removed.applies with input as {"change": {"action": "delete"}, "before": {"key": {"primary": null}}}
}

test_unknown_primary if {
	not key_replica_removed.applies with input as {"change": {"action": "delete"}, "before": {"key": {}}}
}

_updated := {"change": {"action": "update"}, "before": {"key": {"primary": "key-1"}}}
