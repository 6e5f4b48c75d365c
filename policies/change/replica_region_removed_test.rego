package seaworthy.change.replica_region_removed_test

import data.seaworthy.change.replica_region_removed

test_fail_region_removed if {
	replica_region_removed.deny == {{
		"message": "the replica in us-west-2 is removed, before the change there was one",
		"fact": "replication.regions",
		"actual": ["eu-west-1"],
		"required": "us-west-2",
	}} with input as _change(["eu-west-1", "us-west-2"], ["eu-west-1"])
}

test_fail_replica_of_a_part_removed if {
	replica_region_removed.deny == {{
		"message": "the replica of a part of it in us-west-2 is removed, before the change there was one",
		"fact": "replication.partial_regions",
		"actual": [],
		"required": "us-west-2",
	}} with input as _of_parts(["us-west-2"], [])
	replica_region_removed.applies with input as _of_parts(["us-west-2"], [])
}

test_pass_a_part_becomes_all if {
	replica_region_removed.deny == set() with input as {
			"change": {"action": "update"},
		"replication": {"regions": ["us-west-2"], "partial_regions": []},
		"before": {"replication": {"regions": [], "partial_regions": ["us-west-2"]}},
	}
}

test_pass_region_added if {
	replica_region_removed.deny == set() with input as _change(["us-west-2"], ["eu-west-1", "us-west-2"])
	replica_region_removed.applies with input as _change(["us-west-2"], ["eu-west-1", "us-west-2"])
}

test_not_applicable_never_had_one if {
	not replica_region_removed.applies with input as _of_parts([], [])
}

test_not_applicable_new_resource if {
	not replica_region_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_regions_after_the_change if {
	replica_region_removed.deny == set() with input as {
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

_of_parts(before, after) := {
	"change": {"action": "update"},
	"replication": {"regions": [], "partial_regions": after},
	"before": {"replication": {"regions": [], "partial_regions": before}},
}
