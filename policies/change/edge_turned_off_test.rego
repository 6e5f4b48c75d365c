package seaworthy.change.edge_turned_off_test

import data.seaworthy.change.edge_turned_off

test_fail_turned_off if {
	edge_turned_off.deny == {{
		"message": "it is turned off, before the change it took requests",
		"fact": "traffic.enabled",
		"actual": false,
		"required": true,
	}} with input as _edge(true, false)
	edge_turned_off.applies with input as _edge(true, false)
}

test_pass_it_stays_on if {
	edge_turned_off.deny == set() with input as _edge(true, true)
}

test_pass_it_was_off if {
	edge_turned_off.deny == set() with input as _edge(false, false)
}

test_not_applicable_new if {
	not edge_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_before if {
	edge_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"before": {"traffic": {}},
		"traffic": {"enabled": false},
	}
}

_edge(then, now) := {
	"change": {"action": "update"},
	"before": {"traffic": {"enabled": then}},
	"traffic": {"enabled": now},
}
