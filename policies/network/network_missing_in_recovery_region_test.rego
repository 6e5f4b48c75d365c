package seaworthy.network.network_missing_in_recovery_region_test

import data.seaworthy.network.network_missing_in_recovery_region

test_fail_nothing_there if {
	network_missing_in_recovery_region.deny == {{
		"message": "no network stands in for it in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _network({"counterpart": null})
	network_missing_in_recovery_region.applies with input as _network({"counterpart": null})
}

test_pass_one_there if {
	network_missing_in_recovery_region.deny == set() with input as _network({"counterpart": {"id": "vpc-west"}})
	network_missing_in_recovery_region.applies with input as _network({"counterpart": {"id": "vpc-west"}})
}

test_not_applicable_of_no_application if {
	not network_missing_in_recovery_region.applies with input as _network({"applications": []})
}

test_not_applicable_without_a_recovery_region if {
	not network_missing_in_recovery_region.applies with input as _network({"recovery_region": null})
}

test_unknown_counterpart if {
	network_missing_in_recovery_region.deny == set() with input as _network({})
}

_network(joined) := {"joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "applications": ["shop"]},
	joined,
)}
