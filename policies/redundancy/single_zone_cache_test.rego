package seaworthy.redundancy.single_zone_cache_test

import data.seaworthy.redundancy.single_zone_cache

test_fail_one_zone if {
	single_zone_cache.deny == {{
		"message": "nothing keeps it in two availability zones, Multi-AZ is required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_fail_multi_az_is_off_over_two_zones if {
	single_zone_cache.deny == {{
		"message": "nothing keeps it in two availability zones, Multi-AZ is required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false, "zones": ["us-east-1a", "us-east-1b"]}}
}

test_pass_multi_az if {
	single_zone_cache.deny == set() with input as {"redundancy": {"multi_zone": true}}
}

test_unknown_multi_az if {
	single_zone_cache.deny == set() with input as {"redundancy": {}}
}
