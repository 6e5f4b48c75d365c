package seaworthy.replication.secret_replica_not_in_sync_test

import data.seaworthy.replication.secret_replica_not_in_sync

test_fail_failed if {
	secret_replica_not_in_sync.deny == {{
		"message": "its replica in us-west-2 is failed, one in sync is required",
		"fact": "secret.replicas",
		"actual": "failed",
		"required": "in_sync",
		"details": {"reason": "the name is taken"},
	}} with input as _input({"status": "failed", "reason": "the name is taken"})
}

test_fail_under_way if {
	secret_replica_not_in_sync.deny == {{
		"message": "its replica in us-west-2 is in progress, one in sync is required",
		"fact": "secret.replicas",
		"actual": "in_progress",
		"required": "in_sync",
		"details": {"reason": null},
	}} with input as _input({"status": "in_progress", "reason": null})
}

test_pass_in_sync if {
	secret_replica_not_in_sync.deny == set() with input as _input({"status": "in_sync", "reason": null})
	secret_replica_not_in_sync.applies with input as _input({"status": "in_sync", "reason": null})
}

test_unknown_status if {
	secret_replica_not_in_sync.deny == set() with input as _input({})
	secret_replica_not_in_sync.applies with input as _input({})
}

test_not_applicable_replica_elsewhere if {
	not secret_replica_not_in_sync.applies with input as {
		"secret": {"replicas": [{"region": "eu-west-1", "status": "failed"}]},
		"joined": {"recovery_region": "us-west-2"},
	}
}

_input(replica) := {
	"secret": {"replicas": [{"region": "eu-west-1", "status": "failed"}, object.union(replica, {"region": "us-west-2"})]},
	"joined": {"recovery_region": "us-west-2"},
}
