package seaworthy.traffic.failover_records_share_a_switch_test

import data.seaworthy.traffic.failover_records_share_a_switch

test_fail_one_health_check if {
	failover_records_share_a_switch.deny == {{
		"message": "its secondary is gated by the same health check, one of its own is required",
		"fact": "joined.siblings",
		"actual": "h-1",
		"required": "another health check",
		"details": {"secondary": "west"},
	}} with input as _primary({"health_check": "h-1", "routing_control": "east", "inverted": false})
	failover_records_share_a_switch.applies with input as _primary({})
}

test_fail_one_routing_control if {
	failover_records_share_a_switch.deny == {{
		"message": "the routing control of its health check decides its secondary, too; one of its own is required",
		"fact": "joined.siblings",
		"actual": "east",
		"required": "another routing control",
		"details": {"secondary": "west"},
	}} with input as _primary({"health_check": "h-2", "routing_control": "east", "inverted": false})
}

test_pass_a_switch_of_its_own if {
	failover_records_share_a_switch.deny == set() with input as _primary({"health_check": "h-2", "routing_control": "west", "inverted": false})
}

test_pass_the_opposite_of_the_same_switch if {
	failover_records_share_a_switch.deny == set() with input as _primary({"health_check": "h-2", "routing_control": "east", "inverted": true})
}

test_pass_a_secondary_without_a_health_check if {
	failover_records_share_a_switch.deny == set() with input as _primary({"health_check": null, "routing_control": null, "inverted": null})
}

test_not_applicable_without_a_health_check if {
	not failover_records_share_a_switch.applies with input as {"dns": {"failover": "primary"}, "joined": {"gate": null}}
}

test_unknown_health_check if {
	failover_records_share_a_switch.deny == set() with input as _primary({})
}

_primary(secondary) := {
	"dns": {"failover": "primary"},
	"joined": {
		"gate": {"id": "h-1", "routing_control": "east", "inverted": false},
		"siblings": [
			{"id": "east", "failover": "primary", "health_check": "h-1", "routing_control": "east", "inverted": false},
			object.union({"id": "west", "failover": "secondary"}, secondary),
		],
	},
}
