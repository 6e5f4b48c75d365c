package seaworthy.network.route_missing_in_recovery_region_test

import data.seaworthy.network.route_missing_in_recovery_region

test_fail_no_way_there if {
	route_missing_in_recovery_region.deny == {{
		"message": concat("", [
			"its counterpart in us-west-2 has no way to 10.0.0.0/8, ",
			"one as here through a transit gateway is required",
		]),
		"fact": "joined.ways_out",
		"actual": null,
		"required": "10.0.0.0/8",
		"details": {"counterpart": "subnet-west"},
	}} with input as _subnet({"ways_out": [_way("10.0.0.0/8", "transit-gateway", null, true)]})
}

test_fail_private_there if {
	route_missing_in_recovery_region.deny == {{
		"message": concat("", [
			"its counterpart in us-west-2 leads to 0.0.0.0/0 through a NAT gateway, ",
			"an internet gateway as here is required",
		]),
		"fact": "joined.ways_out",
		"actual": "nat-gateway",
		"required": "internet-gateway",
		"details": {"counterpart": "subnet-west", "destination": "0.0.0.0/0"},
	}} with input as _subnet({"ways_out": [_way("0.0.0.0/0", "internet-gateway", "nat-gateway", true)]})
}

test_pass_same_routes if {
	ways := [
		_way("10.0.0.0/8", "transit-gateway", "vpn-gateway", false),
		_way("0.0.0.0/0", "nat-gateway", "nat-gateway", false),
	]
	route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": ways})
	route_missing_in_recovery_region.applies with input as _subnet({"ways_out": ways})
}

test_pass_no_default_route_is_asked_about_elsewhere if {
	ways := [_way("0.0.0.0/0", "nat-gateway", null, true)]
	route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": ways})
}

test_not_applicable_where_nothing_goes_out if {
	not route_missing_in_recovery_region.applies with input as _subnet({"ways_out": []})
}

test_does_not_arise_without_a_counterpart_that_is_known if {
	not route_missing_in_recovery_region.arises with input as _subnet({"ways_out": []})
	route_missing_in_recovery_region.arises with input as _subnet({"ways_out": [{"destination": "0.0.0.0/0"}]})
}

test_not_applicable_without_a_recovery_region if {
	not route_missing_in_recovery_region.applies with input as _subnet({"recovery_region": null})
}

test_unknown_routes if {
	route_missing_in_recovery_region.deny == set() with input as _subnet({})
}

test_unknown_whether_it_is_missing if {
	way := {"destination": "10.0.0.0/8", "via": "transit-gateway", "there": null}
	route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": [way]})
}

_way(destination, via, there, missing) := {"destination": destination, "via": via, "there": there, "missing": missing}

_subnet(joined) := {"kind": "aws.ec2.subnet", "joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "counterpart": {"id": "subnet-west"}},
	joined,
)}
