package seaworthy.change.network_path_removed_test

import data.seaworthy.change.network_path_removed

test_fail_deleted if {
	network_path_removed.deny == {{
		"message": "is deleted, and what went this way into or out of its network goes nowhere",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"change": {"action": "delete"}}
}

test_pass_changed_in_place if {
	network_path_removed.deny == set() with input as {"change": {"action": "update"}}
}

test_unknown_action if {
	network_path_removed.deny == set() with input as {"change": {}}
}
