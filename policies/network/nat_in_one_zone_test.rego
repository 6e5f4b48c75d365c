package seaworthy.network.nat_in_one_zone_test

import data.seaworthy.network.nat_in_one_zone

test_fail_one_gateway_for_two_zones if {
	nat_in_one_zone.deny == {{
		"message": "subnets of 2 zones leave by NAT gateways in us-east-1a alone, one in each zone is required",
		"fact": "joined.nat_zones",
		"actual": ["us-east-1a"],
		"required": ["us-east-1a", "us-east-1b"],
	}} with input as _network({"nat_zones": ["us-east-1a"]})
}

test_pass_one_in_each_zone if {
	nat_in_one_zone.deny == set() with input as _network({"nat_zones": ["us-east-1a", "us-east-1b"]})
	nat_in_one_zone.applies with input as _network({"nat_zones": ["us-east-1a", "us-east-1b"]})
}

test_pass_spread_by_the_provider if {
	nat_in_one_zone.deny == set() with input as _network({"nat_zones": null})
}

test_not_applicable_in_one_zone if {
	not nat_in_one_zone.applies with input as {"joined": {"zones_behind_nat": ["us-east-1a"]}}
}

test_unknown_gateways if {
	nat_in_one_zone.deny == set() with input as _network({})
}

_network(joined) := {"joined": object.union({"zones_behind_nat": ["us-east-1a", "us-east-1b"]}, joined)}
