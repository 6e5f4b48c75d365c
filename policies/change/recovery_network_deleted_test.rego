package seaworthy.change.recovery_network_deleted_test

import data.seaworthy.change.recovery_network_deleted

test_fail_deleted if {
	recovery_network_deleted.deny == {{
		"message": "is deleted, what comes back here from us-east-1 stands in it",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as _input("delete", ["us-east-1"])
	recovery_network_deleted.applies with input as _input("delete", ["us-east-1"])
}

test_pass_changed_in_place if {
	recovery_network_deleted.deny == set() with input as _input("update", ["us-east-1"])
	recovery_network_deleted.applies with input as _input("update", ["us-east-1"])
}

test_not_applicable_where_nothing_comes_back if {
	not recovery_network_deleted.applies with input as _input("delete", [])
}

test_unknown_place if {
	not recovery_network_deleted.applies with input as {"change": {"action": "delete"}, "joined": {}}
	recovery_network_deleted.deny == set() with input as {"change": {"action": "delete"}, "joined": {}}
}

_input(action, regions) := {"change": {"action": action}, "joined": {"stands_in_for": regions}}
