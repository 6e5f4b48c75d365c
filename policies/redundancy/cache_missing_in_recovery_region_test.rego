package seaworthy.redundancy.cache_missing_in_recovery_region_test

import data.seaworthy.redundancy.cache_missing_in_recovery_region

test_fail_no_cache_there if {
	cache_missing_in_recovery_region.deny == {{
		"message": "no cache stands in for it in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _cache({"counterpart": null})
}

test_fail_cache_there_is_going_away if {
	cache_missing_in_recovery_region.deny == {{
		"message": "the cache that stands in for it in us-west-2 is deleting, one that can be used is required",
		"fact": "joined.counterpart",
		"actual": "deleting",
		"required": "usable",
		"details": {"counterpart": "cart-west"},
	}} with input as _cache({"counterpart": {"id": "cart-west", "state": "deleting", "usable": false}})
}

test_pass_cache_there if {
	cache_missing_in_recovery_region.deny == set() with input as _cache(_there)
	cache_missing_in_recovery_region.applies with input as _cache(_there)
}

# Snapshots bring no question and take none away.
test_pass_whatever_the_snapshots if {
	every enabled in [true, false, null] {
		cache_missing_in_recovery_region.applies with input as object.union(
			_cache(_there),
			{"backup": {"enabled": enabled}},
		)
	}
}

test_not_applicable_node_of_a_replication_group if {
	not cache_missing_in_recovery_region.applies with input as object.union(
		_cache({}),
		{"database": {"cluster": "cart"}},
	)
}

test_unknown_counterpart if {
	cache_missing_in_recovery_region.deny == set() with input as _cache({})
}

_there := {"counterpart": {"id": "cart-west", "state": "available", "usable": true}}

_cache(joined) := {
	"database": {"cluster": null},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
