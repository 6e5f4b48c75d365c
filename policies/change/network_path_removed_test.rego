package seaworthy.change.network_path_removed_test

import data.seaworthy.change.network_path_removed

test_fail_deleted if {
	network_path_removed.deny == {{
		"message": "is deleted, and what went this way into or out of its network goes nowhere",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"kind": "aws.ec2.endpoint", "change": {"action": "delete"}}
}

test_fail_route_removed if {
	network_path_removed.deny == {{
		"message": "the route to 0.0.0.0/0 through a NAT gateway is removed, before the change there was one",
		"fact": "routing.routes",
		"actual": null,
		"required": "0.0.0.0/0",
	}} with input as _table("update", [_local, _out], [_local])
}

test_pass_changed_in_place if {
	network_path_removed.deny == set() with input as {"kind": "aws.ec2.endpoint", "change": {"action": "update"}}
}

test_pass_another_way_to_the_same if {
	elsewhere := {"destination": "0.0.0.0/0", "via": "transit-gateway"}
	network_path_removed.deny == set() with input as _table("update", [_local, _out], [_local, elsewhere])
}

test_pass_table_goes_as_a_whole if {
	network_path_removed.deny == set() with input as {
		"kind": "aws.ec2.route-table",
		"change": {"action": "delete"},
		"before": {"routing": {"routes": [_out]}},
	}
}

test_unknown_action if {
	network_path_removed.deny == set() with input as {"kind": "aws.ec2.endpoint", "change": {}}
}

test_unknown_routes if {
	network_path_removed.deny == set() with input as {
		"kind": "aws.ec2.route-table",
		"change": {"action": "update"},
		"routing": {},
		"before": {"routing": {"routes": [_out]}},
	}
}

_local := {"destination": "10.0.0.0/16", "via": "local"}

_out := {"destination": "0.0.0.0/0", "via": "nat-gateway"}

_table(action, before, after) := {
	"kind": "aws.ec2.route-table",
	"change": {"action": action},
	"routing": {"routes": after},
	"before": {"routing": {"routes": before}},
}
