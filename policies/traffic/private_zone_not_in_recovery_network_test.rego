package seaworthy.traffic.private_zone_not_in_recovery_network_test

import data.seaworthy.traffic.private_zone_not_in_recovery_network

test_fail_source_region_only if {
	private_zone_not_in_recovery_network.deny == {{
		"message": "it is answered in networks of us-east-1, one in us-west-2 is required",
		"fact": "dns.networks",
		"actual": {"us-east-1"},
		"required": "us-west-2",
	}} with input as _zone(["us-east-1"])
	private_zone_not_in_recovery_network.applies with input as _zone(["us-east-1"])
}

test_pass_both_regions if {
	private_zone_not_in_recovery_network.deny == set() with input as _zone(["us-east-1", "us-west-2"])
}

test_not_applicable_public if {
	not private_zone_not_in_recovery_network.applies with input as {"dns": {"private": false, "networks": []}, "joined": {"recovery_region": "us-west-2"}}
}

test_unknown_region if {
	private_zone_not_in_recovery_network.deny == set() with input as {"dns": {"private": true, "networks": []}, "joined": {}}
}

_zone(regions) := {
	"dns": {"private": true, "networks": [network | some region in regions; network := {"id": "vpc", "region": region}]},
	"joined": {"recovery_region": "us-west-2"},
}
