package seaworthy.network.addresses_overlap_test

import data.seaworthy.network.addresses_overlap

test_fail_same_addresses if {
	addresses_overlap.deny == {{
		"message": "its counterpart in us-west-2 has addresses of 10.0.0.0/16, too, others are required",
		"fact": "joined.overlapping",
		"actual": ["10.0.0.0/16"],
		"required": [],
		"details": {"counterpart": "vpc-west"},
	}} with input as _network({"overlapping": ["10.0.0.0/16"], "connected": true})
	addresses_overlap.applies with input as _network({"overlapping": ["10.0.0.0/16"], "connected": true})
}

test_pass_other_addresses if {
	addresses_overlap.deny == set() with input as _network({"overlapping": [], "pattern": "warm-standby"})
	addresses_overlap.applies with input as _network({"overlapping": [], "pattern": "warm-standby"})
}

test_not_applicable_where_they_are_not_connected if {
	not addresses_overlap.applies with input as _network({"connected": false, "pattern": "pilot-light"})
}

test_not_applicable_without_a_counterpart if {
	not addresses_overlap.applies with input as {"joined": {"recovery_region": "us-west-2", "counterpart": null}}
}

test_not_applicable_without_a_recovery_region if {
	not addresses_overlap.applies with input as _network({"recovery_region": null})
}

test_unknown_addresses if {
	addresses_overlap.deny == set() with input as _network({"connected": true})
}

_network(joined) := {"joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "counterpart": {"id": "vpc-west"}},
	joined,
)}
