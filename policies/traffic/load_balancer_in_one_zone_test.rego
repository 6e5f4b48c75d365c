package seaworthy.traffic.load_balancer_in_one_zone_test

import data.seaworthy.traffic.load_balancer_in_one_zone

test_fail_one_zone if {
	load_balancer_in_one_zone.deny == {{
		"message": "takes requests in one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_pass_two_zones if {
	load_balancer_in_one_zone.deny == set() with input as {"redundancy": {"multi_zone": true}}
}

test_unknown_zones if {
	load_balancer_in_one_zone.deny == set() with input as {"redundancy": {}}
}
