package seaworthy.identity.cluster_access_missing_in_recovery_region_test

import data.seaworthy.identity.cluster_access_missing_in_recovery_region

test_fail_no_entry_there if {
	cluster_access_missing_in_recovery_region.deny == {{
		"message": "role/deploy may not use the cluster shop-west in us-west-2, an access entry there is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _entry({"counterpart": null})
}

test_pass_an_entry_is_there if {
	entry := _entry({"counterpart": {"id": "west"}})
	cluster_access_missing_in_recovery_region.deny == set() with input as entry
	cluster_access_missing_in_recovery_region.applies with input as entry
}

test_not_applicable_nodes if {
	not cluster_access_missing_in_recovery_region.applies with input as object.union(
		_entry({}),
		{"kubernetes": {"access_type": "ec2_linux"}},
	)
}

test_not_applicable_services if {
	not cluster_access_missing_in_recovery_region.applies with input as object.union(
		_entry({}),
		{"name": "role/AWSServiceRoleForAmazonEKS"},
	)
}

test_not_applicable_without_a_cluster_there if {
	not cluster_access_missing_in_recovery_region.applies with input as _entry({"counterpart_cluster": null})
}

test_unknown_counterpart if {
	cluster_access_missing_in_recovery_region.deny == set() with input as _entry({})
}

_entry(joined) := {
	"kind": "aws.eks.access-entry", "name": "role/deploy",
	"kubernetes": {"access_type": "standard"},
	"joined": object.union(
		{"recovery_region": "us-west-2", "in_another_account": false, "counterpart_cluster": "shop-west"},
		joined,
	),
}
