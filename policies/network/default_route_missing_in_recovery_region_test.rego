package seaworthy.network.default_route_missing_in_recovery_region_test

import data.seaworthy.network.default_route_missing_in_recovery_region

test_fail_no_default_route if {
	default_route_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 has no default route, one as here through a NAT gateway is required",
		"fact": "joined.ways_out",
		"actual": null,
		"required": "0.0.0.0/0",
		"details": {"counterpart": "subnet-west"},
	}} with input as _subnet({"ways_out": [_way(null, true)]})
}

test_pass_by_another_gateway if {
	default_route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": [_way("transit-gateway", false)]})
	default_route_missing_in_recovery_region.applies with input as _subnet({"ways_out": [_way("transit-gateway", false)]})
}

test_pass_other_ways_are_asked_about_elsewhere if {
	way := object.union(_way(null, true), {"destination": "10.0.0.0/8"})
	default_route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": [way]})
	default_route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": [_way("internet-gateway", true)]})
}

test_not_applicable_where_nothing_goes_out if {
	not default_route_missing_in_recovery_region.applies with input as _subnet({"ways_out": []})
}

test_does_not_arise_without_a_counterpart_that_is_known if {
	not default_route_missing_in_recovery_region.arises with input as _subnet({"ways_out": []})
	default_route_missing_in_recovery_region.arises with input as _subnet({"ways_out": [{"destination": "0.0.0.0/0"}]})
}

test_not_applicable_without_a_recovery_region if {
	not default_route_missing_in_recovery_region.applies with input as _subnet({"recovery_region": null})
}

test_unknown_routes if {
	default_route_missing_in_recovery_region.deny == set() with input as _subnet({})
}

test_unknown_whether_there_is_one if {
	way := {"destination": "0.0.0.0/0", "via": "nat-gateway"}
	default_route_missing_in_recovery_region.deny == set() with input as _subnet({"ways_out": [way]})
}

_way(there, missing) := {"destination": "0.0.0.0/0", "via": "nat-gateway", "there": there, "missing": missing}

_subnet(joined) := {"kind": "aws.ec2.subnet", "joined": object.union(
	{"recovery_region": "us-west-2", "in_another_account": false, "counterpart": {"id": "subnet-west"}},
	joined,
)}
