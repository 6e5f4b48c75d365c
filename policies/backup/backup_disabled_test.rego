package seaworthy.backup.backup_disabled_test

import data.seaworthy.backup.backup_disabled

test_fail_retention_is_zero if {
	backup_disabled.deny == {{
		"message": "backups are off: retention is 0 days, 7 are required",
		"fact": "backup.retention_days",
		"actual": 0,
		"required": 7,
	}} with input as _off(null)
}

test_fail_retention_is_zero_and_an_application_asks_for_more if {
	backup_disabled.deny == {{
		"message": "backups are off: retention is 0 days, 35 are required",
		"fact": "backup.retention_days",
		"actual": 0,
		"required": 35,
	}} with input as _off(35)
}

test_fail_table_without_any_backup if {
	backup_disabled.deny == {{
		"message": "backups are off: neither its own backups nor a backup plan covers it, one of them is required",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as {
		"kind": "aws.dynamodb.table",
		"backup": {"enabled": false, "retention_days": 0},
		"joined": {"backup_plans": []},
	}
}

test_pass_retention_is_set if {
	backup_disabled.deny == set() with input as _instance
	backup_disabled.applies with input as _instance
}

test_fail_volume_without_snapshots if {
	backup_disabled.deny == {{
		"message": "backups are off: neither its own backups nor a backup plan covers it, one of them is required",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as {
		"kind": "aws.ec2.volume",
		"backup": {"enabled": false, "retention_days": null},
		"joined": {"backup_plans": []},
	}
}

test_fail_database_that_takes_no_backups_by_itself if {
	backup_disabled.deny == {{
		"message": "backups are off: neither its own backups nor a backup plan covers it, one of them is required",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as _distributed([])
	backup_disabled.deny == set() with input as _distributed(["daily"])
	backup_disabled.satisfied with input as _distributed(["daily"])
}

_distributed(plans) := {
	"kind": "aws.dsql.cluster",
	"backup": {"enabled": false, "retention_days": null},
	"joined": {"backup_plans": plans},
}

# Something took a snapshot of it, and may go on.
test_unknown_volume_with_snapshots if {
	backup_disabled.deny == set() with input as _snapped
	not backup_disabled.satisfied with input as _snapped
}

_snapped := {
	"kind": "aws.ec2.volume",
	"backup": {"retention_days": null, "latest_recovery_point": "2026-11-22T00:00:00Z"},
	"joined": {"backup_plans": []},
}

test_pass_table_in_a_plan if {
	backup_disabled.deny == set() with input as _table
	backup_disabled.satisfied with input as _table
}

test_not_applicable_replica if {
	not backup_disabled.applies with input as {
		"kind": "aws.rds.instance",
		"database": {"cluster": null},
		"replication": {"role": "replica"},
	}
}

test_unknown_retention if {
	backup_disabled.deny == set() with input as {"kind": "aws.rds.instance", "backup": {}}
	not backup_disabled.satisfied with input as {"kind": "aws.rds.instance", "backup": {}}
}

test_unknown_plans_of_a_table if {
	backup_disabled.deny == set() with input as _table_alone
	not backup_disabled.satisfied with input as _table_alone
}

_off(asked) := {
	"kind": "aws.rds.instance",
	"backup": {"retention_days": 0},
	"joined": {"retention_floor_days": asked},
}

_instance := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"backup": {"enabled": true, "retention_days": 7},
}

_table_alone := {"kind": "aws.dynamodb.table", "backup": {"enabled": false, "retention_days": 0}}

_table := {
	"kind": "aws.dynamodb.table",
	"backup": {"enabled": false, "retention_days": 0},
	"joined": {"backup_plans": ["daily"]},
}
