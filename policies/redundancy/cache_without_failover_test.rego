package seaworthy.redundancy.cache_without_failover_test

import data.seaworthy.redundancy.cache_without_failover

test_fail_failover_off if {
	cache_without_failover.deny == {{
		"message": "no node takes over by itself, automatic failover to a second node of each shard is required",
		"fact": "redundancy.automatic_failover",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"automatic_failover": false}}
}

test_pass_failover_on if {
	cache_without_failover.deny == set() with input as {"redundancy": {"automatic_failover": true}}
}

test_unknown_failover if {
	cache_without_failover.deny == set() with input as {"redundancy": {}}
}
