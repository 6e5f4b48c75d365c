package seaworthy.redundancy.single_zone_cache_test

import data.seaworthy.redundancy.single_zone_cache

test_fail_one_zone if {
	single_zone_cache.deny == {{
		"message": "stands in one availability zone, nodes in a second one are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_pass_multi_az if {
	single_zone_cache.deny == set() with input as {"redundancy": {"multi_zone": true}}
}

test_unknown_multi_az if {
	single_zone_cache.deny == set() with input as {"redundancy": {}}
}
