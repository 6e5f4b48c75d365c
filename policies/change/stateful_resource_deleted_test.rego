package seaworthy.change.stateful_resource_deleted_test

import data.seaworthy.change.stateful_resource_deleted

test_fail_deleted_without_a_final_snapshot if {
	stateful_resource_deleted.deny == {{
		"message": "a delete destroys it and no final snapshot is taken, something to restore from is required",
		"fact": "protection.final_snapshot",
		"actual": false,
		"required": true,
	}} with input as _database("delete", false)
}

test_fail_bucket_with_its_contents if {
	stateful_resource_deleted.deny == {{
		"message": "a replace destroys it and its contents go with it, something to restore from is required",
		"fact": "protection.force_destroy",
		"actual": true,
		"required": false,
	}} with input as _change("aws.s3.bucket", "replace", {"protection": {"force_destroy": true}})
}

test_fail_secret_without_a_window if {
	stateful_resource_deleted.deny == {{
		"message": "a delete destroys it and there is no window to restore it, something to restore from is required",
		"fact": "protection.recovery_window_days",
		"actual": 0,
		"required": 7,
	}} with input as _change("aws.secretsmanager.secret", "delete", {"protection": {"recovery_window_days": 0}})
}

test_fail_table_without_backups if {
	stateful_resource_deleted.deny == {{
		"message": "a delete destroys it and no backup outlives it, something to restore from is required",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as _change("aws.dynamodb.table", "delete", {"backup": {"enabled": false}})
}

test_pass_final_snapshot if {
	stateful_resource_deleted.deny == set() with input as _database("delete", true)
	stateful_resource_deleted.applies with input as _database("delete", true)
}

test_pass_cache_with_snapshots if {
	stateful_resource_deleted.applies with input as _cache(true)
}

test_pass_cache_that_keeps_what_is_written if {
	stateful_resource_deleted.applies with input as _change("aws.elasticache.replication-group", "delete", {
		"database": {"durability": "sync"},
		"replication": {"role": "none"},
		"backup": {"enabled": false},
	})
}

test_not_applicable_cache_without_snapshots if {
	not stateful_resource_deleted.applies with input as _cache(false)
}

test_not_applicable_read_replica if {
	not stateful_resource_deleted.applies with input as _change("aws.rds.instance", "delete", {
		"database": {"cluster": null},
		"replication": {"role": "replica"},
		"protection": {"final_snapshot": false},
	})
}

test_not_applicable_update if {
	not stateful_resource_deleted.applies with input as _database("update", false)
}

test_unknown_final_snapshot if {
	stateful_resource_deleted.deny == set() with input as _change("aws.rds.cluster", "delete", {"protection": {}})
}

_database(action, snapshot) := _change("aws.rds.instance", action, {
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"protection": {"final_snapshot": snapshot},
})

_cache(snapshots) := _change("aws.elasticache.replication-group", "delete", {
	"replication": {"role": "none"},
	"backup": {"enabled": snapshots},
})

_change(kind, action, before) := {"kind": kind, "change": {"action": action}, "before": before}
