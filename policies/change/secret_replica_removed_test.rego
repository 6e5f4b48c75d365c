package seaworthy.change.secret_replica_removed_test

import data.seaworthy.change.secret_replica_removed

test_fail_region_removed if {
	secret_replica_removed.deny == {{
		"message": "the replica of the secret in us-west-2 is removed, before the change there was one",
		"fact": "replication.regions",
		"actual": ["eu-west-1"],
		"required": "us-west-2",
	}} with input as _change(["eu-west-1", "us-west-2"], ["eu-west-1"])
}

test_pass_region_added if {
	secret_replica_removed.deny == set() with input as _change(["us-west-2"], ["eu-west-1", "us-west-2"])
	secret_replica_removed.applies with input as _change(["us-west-2"], ["eu-west-1", "us-west-2"])
}

test_not_applicable_never_had_one if {
	not secret_replica_removed.applies with input as _change([], [])
}

test_not_applicable_new_resource if {
	not secret_replica_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_regions_after_the_change if {
	secret_replica_removed.deny == set() with input as {
		"change": {"action": "update"},
		"replication": {},
		"before": {"replication": {"regions": ["us-west-2"]}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"replication": {"regions": after},
	"before": {"replication": {"regions": before}},
}
