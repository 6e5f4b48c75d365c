package seaworthy.change.replica_removed_test

import data.seaworthy.change.replica_removed

test_fail_deleted if {
	replica_removed.deny == {{
		"message": "the replica is deleted, a replica that follows its source is required",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as _change("delete", true, "replica")
}

test_fail_promoted if {
	replica_removed.deny == {{
		"message": "it no longer follows its source, before the change it was a replica",
		"fact": "replication.role",
		"actual": "none",
		"required": "replica",
	}} with input as _change("update", true, "none")
}

test_fail_primary_leaves if {
	replica_removed.deny == {{
		"message": "it leaves the global database or datastore in which its replicas follow it",
		"fact": "replication.global",
		"actual": null,
		"required": "shop",
	}} with input as _primary(null, ["west"])
	replica_removed.applies with input as _primary(null, ["west"])
}

test_pass_primary_without_replicas_leaves if {
	replica_removed.deny == set() with input as _primary(null, [])
	replica_removed.applies with input as _primary(null, [])
}

test_not_applicable_primary_stays if {
	not replica_removed.applies with input as _primary("shop", ["west"])
}

test_pass_still_a_replica if {
	replica_removed.deny == set() with input as _change("update", true, "replica")
	replica_removed.applies with input as _change("update", true, "replica")
}

test_pass_secondary_cluster_is_judged if {
	replica_removed.applies with input as {
		"kind": "aws.rds.cluster",
		"change": {"action": "delete"},
		"before": {"replication": {"role": "replica"}},
	}
}

test_not_applicable_reader_beside_its_source if {
	not replica_removed.applies with input as _change("delete", false, "replica")
}

test_not_applicable_forgotten if {
	not replica_removed.applies with input as _change("forget", true, "replica")
}

test_unknown_role_after_the_change if {
	replica_removed.deny == set() with input as {
		"change": {"action": "update"},
		"replication": {},
		"before": {"replication": {"role": "replica"}},
	}
}

_change(action, cross_region, role) := {
	"kind": "aws.rds.instance",
	"change": {"action": action},
	"replication": {"role": role},
	"before": {"replication": {"role": "replica", "cross_region": cross_region}},
}

_primary(global, replicas) := {
	"kind": "aws.rds.cluster",
	"change": {"action": "update"},
	"replication": {"role": "none", "global": global},
	"before": {"replication": {"role": "primary", "global": "shop", "replicas": replicas}},
}
