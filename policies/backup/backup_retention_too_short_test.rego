package seaworthy.backup.backup_retention_too_short_test

import data.seaworthy.backup.backup_retention_too_short

test_fail_below_the_default if {
	backup_retention_too_short.deny == {{
		"message": "backups are kept for 3 days, 7 are required",
		"fact": "backup.retention_days",
		"actual": 3,
		"required": 7,
	}} with input as {"backup": {"retention_days": 3}, "joined": {"retention_days": null}}
}

test_fail_below_the_objective if {
	backup_retention_too_short.deny == {{
		"message": "backups are kept for 14 days, 35 are required",
		"fact": "backup.retention_days",
		"actual": 14,
		"required": 35,
	}} with input as {"backup": {"retention_days": 14}, "joined": {"retention_days": 35}}
}

test_pass_as_long_as_required if {
	backup_retention_too_short.deny == set() with input as _instance
	backup_retention_too_short.applies with input as _instance
}

test_not_applicable_when_backups_are_off if {
	not backup_retention_too_short.applies with input as object.union(_instance, {"backup": {"retention_days": 0}})
}

test_unknown_retention if {
	backup_retention_too_short.deny == set() with input as {"backup": {}, "joined": {"retention_days": null}}
}

test_unknown_objective if {
	backup_retention_too_short.deny == set() with input as {"backup": {"retention_days": 3}, "joined": {}}
}

_instance := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"backup": {"retention_days": 7},
	"joined": {"retention_days": null},
}
