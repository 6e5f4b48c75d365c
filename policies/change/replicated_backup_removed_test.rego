package seaworthy.change.replicated_backup_removed_test

import data.seaworthy.change.replicated_backup_removed

test_fail_deleted if {
	replicated_backup_removed.deny == {{
		"message": "a delete destroys the replicated backup, its source requires it",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"change": {"action": "delete"}}
}

test_pass_updated if {
	replicated_backup_removed.deny == set() with input as _updated
	replicated_backup_removed.applies with input as _updated
}

test_not_applicable_forgotten if {
	not replicated_backup_removed.applies with input as {"change": {"action": "forget"}}
}

test_unknown_without_a_change if {
	not replicated_backup_removed.applies with input as {}
}

_updated := {"change": {"action": "update"}}
