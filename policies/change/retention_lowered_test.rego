package seaworthy.change.retention_lowered_test

import data.seaworthy.change.retention_lowered

test_fail_fewer_days if {
	retention_lowered.deny == {{
		"message": "backups are kept for 7 days, before the change it was 30",
		"fact": "backup.retention_days",
		"actual": 7,
		"required": 30,
	}} with input as _database(30, 7)
}

test_fail_recovery_points_are_deleted_earlier if {
	retention_lowered.deny == {{
		"message": "rule daily keeps recovery points for 7 days, before the change it was longer",
		"fact": "plan.rules",
		"actual": 7,
		"required": 35,
	}} with input as _plan(35, 7)
}

test_fail_recovery_points_are_no_longer_kept_for_ever if {
	retention_lowered.deny == {{
		"message": "rule daily keeps recovery points for 7 days, before the change it was longer",
		"fact": "plan.rules",
		"actual": 7,
		"required": null,
	}} with input as _plan(null, 7)
}

test_fail_one_day if {
	retention_lowered.deny == {{
		"message": "backups are kept for 1 day, before the change it was 30",
		"fact": "backup.retention_days",
		"actual": 1,
		"required": 30,
	}} with input as _database(30, 1)
}

test_fail_snapshots_of_a_cache_end if {
	retention_lowered.deny == {{
		"message": "backups are kept for 0 days, before the change it was 5",
		"fact": "backup.retention_days",
		"actual": 0,
		"required": 5,
	}} with input as object.union(_database(5, 0), {"kind": "aws.elasticache.replication-group"})
}

test_fail_replicated_backups if {
	retention_lowered.deny == {{
		"message": "backups are kept for 1 day, before the change it was 14",
		"fact": "backup.retention_days",
		"actual": 1,
		"required": 14,
	}} with input as object.union(_database(14, 1), {"kind": "aws.rds.automated-backup"})
}

test_fail_copies_are_deleted_earlier if {
	retention_lowered.deny == {{
		"message": "rule daily keeps copies in vault-west for 7 days, before the change it was longer",
		"fact": "plan.rules",
		"actual": 7,
		"required": 35,
	}} with input as _rules([_copied("vault-west", 35)], [_copied("vault-west", 7)])
}

test_pass_copies_go_elsewhere if {
	retention_lowered.deny == set() with input as _rules([_copied("vault-west", 35)], [_copied("vault-eu", 7)])
}

test_unknown_retention_of_a_copy if {
	after := object.union(_rule("daily", 35), {"copies": [{"vault": "vault-west"}]})
	retention_lowered.deny == set() with input as _rules([_copied("vault-west", 35)], [after])
}

test_fail_rule_that_keeps_longest_is_removed if {
	retention_lowered.deny == {{
		"message": "rule yearly is removed, and no other keeps recovery points for as long",
		"fact": "plan.rules",
		"actual": null,
		"required": 365,
	}} with input as _rules([_rule("daily", 35), _rule("yearly", 365)], [_rule("daily", 35)])
}

test_pass_rule_has_another_name if {
	retention_lowered.deny == set() with input as _rules([_rule("daily", 35)], [_rule("nightly", 35)])
}

test_unknown_retention_of_the_rule_in_its_place if {
	retention_lowered.deny == set() with input as _rules([_rule("daily", 35)], [{"name": "nightly"}])
}

test_pass_as_many_days if {
	retention_lowered.deny == set() with input as _database(7, 7)
	retention_lowered.applies with input as _database(7, 7)
}

test_pass_turned_off_is_judged_elsewhere if {
	retention_lowered.deny == set() with input as _database(7, 0)
}

test_pass_kept_for_ever if {
	retention_lowered.deny == set() with input as _plan(35, null)
}

test_not_applicable_new_resource if {
	not retention_lowered.applies with input as {"change": {"action": "create"}}
}

test_unknown_retention_after_the_change if {
	retention_lowered.deny == set() with input as {
		"kind": "aws.rds.instance",
		"backup": {},
		"before": {"backup": {"retention_days": 7}},
	}
}

_database(before, after) := {
	"kind": "aws.rds.instance",
	"change": {"action": "update"},
	"backup": {"retention_days": after},
	"before": {"backup": {"retention_days": before}},
}

_plan(before, after) := _rules([_rule("daily", before)], [_rule("daily", after)])

_rules(before, after) := {
	"kind": "aws.backup.plan",
	"change": {"action": "update"},
	"plan": {"rules": after},
	"before": {"plan": {"rules": before}},
}

_rule(name, days) := {"name": name, "delete_after_days": days}

_copied(vault, days) := object.union(_rule("daily", 35), {"copies": [{"vault": vault, "delete_after_days": days}]})

test_fail_copied_snapshots_are_kept_for_less if {
	retention_lowered.deny == {{
		"message": "snapshots in us-west-2 are kept for 7 days, before the change it was 30",
		"fact": "backup.copied_to",
		"actual": 7,
		"required": 30,
	}} with input as _warehouse({"region": "us-west-2", "retention_days": 7})
}

test_pass_copied_snapshots_are_kept_for_more if {
	retention_lowered.deny == set() with input as _warehouse({"region": "us-west-2", "retention_days": 35})
}

test_unknown_how_long_copied_snapshots_are_kept if {
	retention_lowered.deny == set() with input as _warehouse({"region": "us-west-2"})
}

_warehouse(copied_to) := {
	"kind": "aws.redshift.cluster",
	"change": {"action": "update"},
	"before": {"backup": {"retention_days": 7, "copied_to": [{"region": "us-west-2", "retention_days": 30}]}},
	"backup": {"retention_days": 7, "copied_to": [copied_to]},
}
