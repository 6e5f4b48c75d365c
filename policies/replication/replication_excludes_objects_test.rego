package seaworthy.replication.replication_excludes_objects_test

import data.seaworthy.replication.replication_excludes_objects as policy

bucket(regions, parts) := {
	"replication": {"role": "primary", "regions": regions, "partial_regions": parts},
	"joined": {"recovery_region": "us-west-2", "in_another_account": false},
}

test_fail_a_part_is_replicated_there if {
	policy.deny == {{
		"message": "a part of its objects is replicated to us-west-2, all of them are required to be",
		"fact": "replication.partial_regions",
		"actual": "us-west-2",
		"required": "a rule for the whole bucket",
	}} with input as bucket(["eu-west-1"], ["us-west-2"])
}

test_fail_a_part_is_replicated_elsewhere_and_no_region_is_named if {
	anywhere := object.union(bucket([], ["eu-west-1"]), {"joined": {"recovery_region": null}})
	policy.deny == {{
		"message": "a part of its objects is replicated to eu-west-1, all of them are required to be",
		"fact": "replication.partial_regions",
		"actual": "eu-west-1",
		"required": "a rule for the whole bucket",
	}} with input as anywhere
}

test_pass_all_of_it_is_replicated_there if {
	whole := bucket(["us-west-2"], ["us-west-2"])
	policy.applies with input as whole
	policy.satisfied with input as whole
	policy.deny == set() with input as whole
}

test_pass_a_part_goes_to_a_region_that_does_not_count if {
	policy.deny == set() with input as bucket([], ["eu-west-1"])
}

test_unknown_rules if {
	policy.deny == set() with input as {"replication": {"role": "primary"}, "joined": {"recovery_region": "us-west-2"}}
}
