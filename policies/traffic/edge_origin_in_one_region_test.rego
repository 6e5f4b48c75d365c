package seaworthy.traffic.edge_origin_in_one_region_test

import data.seaworthy.traffic.edge_origin_in_one_region

test_fail_one_region_only if {
	edge_origin_in_one_region.deny == {{
		"message": "/api/*, default leads to us-east-1 only, something in us-west-2 that takes over is required",
		"fact": "joined.routes",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"requests": ["/api/*", "default"]},
	}} with input as _edge([
		{"requests": ["/api/*", "default"], "only_region": "us-east-1"},
		{"requests": ["/img/*"], "only_region": null},
	])
	edge_origin_in_one_region.applies with input as _edge([])
}

test_pass_several_regions if {
	edge_origin_in_one_region.deny == set() with input as _edge([{"requests": ["default"], "only_region": null}])
}

test_pass_a_region_that_is_not_lost if {
	edge_origin_in_one_region.deny == set() with input as _edge([{"requests": ["default"], "only_region": "us-west-2"}])
}

test_not_applicable_when_turned_off if {
	not edge_origin_in_one_region.applies with input as {
		"traffic": {"enabled": false},
		"joined": {"recovery_region": "us-west-2"},
	}
}

test_not_applicable_where_nothing_is_lost if {
	not edge_origin_in_one_region.applies with input as {
		"traffic": {"enabled": true},
		"joined": {"recovery_region": null},
	}
}

test_unknown_region if {
	edge_origin_in_one_region.deny == set() with input as _edge([{"requests": ["default"]}])
}

_edge(routes) := {
	"traffic": {"enabled": true},
	"joined": {
		"recovery_region": "us-west-2",
		"in_another_account": false,
		"lost_regions": ["us-east-1"],
		"routes": routes,
	},
}
