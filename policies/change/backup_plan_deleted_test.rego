package seaworthy.change.backup_plan_deleted_test

import data.seaworthy.change.backup_plan_deleted

test_fail_deleted if {
	backup_plan_deleted.deny == {{
		"message": "the backup plan is deleted, what it selects requires one",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"change": {"action": "delete"}}
}

test_pass_updated if {
	backup_plan_deleted.deny == set() with input as {"change": {"action": "update"}}
	backup_plan_deleted.applies with input as {"change": {"action": "update"}}
}

test_unknown_without_a_change if {
	backup_plan_deleted.deny == set() with input as {}
	not backup_plan_deleted.applies with input as {}
}
