package seaworthy.change.automated_backups_deleted_test

import data.seaworthy.change.automated_backups_deleted

test_fail_deleted_too if {
	automated_backups_deleted.deny == {{
		"message": "its automatic backups are deleted with it, they are required to stay for their retention",
		"fact": "backup.deleted_with_resource",
		"actual": true,
		"required": false,
	}} with input as _change("delete", {"deleted_with_resource": true})
}

test_pass_retained if {
	automated_backups_deleted.deny == set() with input as _change("delete", {"deleted_with_resource": false})
	automated_backups_deleted.applies with input as _change("delete", {"deleted_with_resource": false})
}

test_not_applicable_update if {
	not automated_backups_deleted.applies with input as _change("update", {"deleted_with_resource": true})
}

test_unknown_whether_they_stay if {
	automated_backups_deleted.deny == set() with input as _change("delete", {})
}

_change(action, backup) := {
	"kind": "aws.rds.instance",
	"change": {"action": action},
	"before": {"database": {"cluster": null}, "replication": {"role": "none"}, "backup": backup},
}
