package seaworthy.change.edge_failover_removed_test

import data.seaworthy.change.edge_failover_removed

test_fail_second_origin if {
	edge_failover_removed.deny == {{
		"message": "nothing takes over for default any more, before the change a second origin did",
		"fact": "traffic.routes",
		"actual": 1,
		"required": 2,
		"details": {"requests": "default"},
	}} with input as _edge(["east", "west"], ["east"])
	edge_failover_removed.applies with input as _edge(["east", "west"], ["east"])
}

test_fail_last_weight if {
	edge_failover_removed.deny == {{
		"message": "none of its endpoints is sent to any more, before the change 2 were",
		"fact": "traffic.weighted_targets",
		"actual": 0,
		"required": 2,
	}} with input as _group(2, 0)
}

test_pass_other_origins if {
	edge_failover_removed.deny == set() with input as _edge(["east", "west"], ["east", "south"])
}

test_pass_one_origin_as_before if {
	edge_failover_removed.deny == set() with input as _edge(["east"], ["south"])
}

test_pass_fewer_weights if {
	edge_failover_removed.deny == set() with input as _group(2, 1)
}

test_not_applicable_new if {
	not edge_failover_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_before if {
	edge_failover_removed.deny == set() with input as {
		"kind": "aws.globalaccelerator.endpoint-group",
		"change": {"action": "update"},
		"before": {"traffic": {}},
		"traffic": {"weighted_targets": 0},
	}
}

_edge(then, now) := {
	"kind": "aws.cloudfront.distribution",
	"change": {"action": "update"},
	"before": {"traffic": {"routes": [_route(then)]}},
	"traffic": {"routes": [_route(now)]},
}

_route(names) := {"requests": ["default"], "origins": [{"name": name} | some name in names]}

_group(then, now) := {
	"kind": "aws.globalaccelerator.endpoint-group",
	"change": {"action": "update"},
	"before": {"traffic": {"weighted_targets": then}},
	"traffic": {"weighted_targets": now},
}
