package seaworthy.replication.cache_data_in_one_region_test

import data.seaworthy.replication.cache_data_in_one_region

test_fail_no_copy if {
	cache_data_in_one_region.deny == {{
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": []},
	}} with input as _cache({"copies": []})
}

test_fail_member_of_no_use if {
	cache_data_in_one_region.deny == {{
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": ["cart-west"]},
	}} with input as _cache({"copies": [{"id": "cart-west", "usable": false}]})
}

test_pass_global_datastore if {
	cache_data_in_one_region.deny == set() with input as _cache({"copies": [{"id": "cart-west", "usable": true}]})
	cache_data_in_one_region.satisfied with input as _cache({"copies": [{"id": "cart-west", "usable": true}]})
}

# Snapshots bring no question and take none away.
test_pass_whatever_the_snapshots if {
	every enabled in [true, false] {
		cache_data_in_one_region.applies with input as object.union(_cache({}), {"backup": {"enabled": enabled}})
	}
}

test_not_applicable_memcached if {
	not cache_data_in_one_region.applies with input as object.union(_cache({}), {"backup": {"enabled": null}})
}

test_not_applicable_replica if {
	not cache_data_in_one_region.applies with input as object.union(_cache({}), {"replication": {"role": "replica"}})
}

test_unknown_copies if {
	cache_data_in_one_region.deny == set() with input as _cache({})
	not cache_data_in_one_region.satisfied with input as _cache({})
}

_cache(joined) := {
	"kind": "aws.elasticache.replication-group",
	"backup": {"enabled": false},
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": joined,
}
