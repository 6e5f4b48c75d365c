package seaworthy.replication.settings_group_differs_test

import data.seaworthy.replication.settings_group_differs

test_fail_parameters_of_the_provider if {
	settings_group_differs.deny == {{
		"message": "its counterpart in us-west-2 has the parameter group default.postgres16, where one with the settings of orders is required",
		"fact": "joined.settings",
		"actual": "default.postgres16",
		"required": "orders",
		"details": {"counterpart": "orders-west"},
	}} with input as _orders([_group("parameter", "default.postgres16", false), _group("option", "orders", true)])
}

test_fail_cache_without_parameters if {
	settings_group_differs.deny == {{
		"message": "its counterpart in us-west-2 has no parameter group, where one with the settings of orders is required",
		"fact": "joined.settings",
		"actual": null,
		"required": "orders",
		"details": {"counterpart": "orders-west"},
	}} with input as _orders([_group("parameter", null, false)])
}

test_fail_other_settings_by_their_names if {
	group := object.union(_group("parameter", "orders-dr", false), {"differing": ["max_connections", "work_mem"]})
	settings_group_differs.deny == {{
		"message": concat("", [
			"its counterpart in us-west-2 has the parameter group orders-dr, where one with the settings of orders is ",
			"required: max_connections, work_mem",
		]),
		"fact": "joined.settings",
		"actual": "orders-dr",
		"required": "orders",
		"details": {"counterpart": "orders-west"},
	}} with input as _orders([group])
}

test_fail_group_for_another_version if {
	families := {"differing": [], "families": "aurora-postgresql15, aurora-postgresql16"}
	settings_group_differs.deny == {{
		"message": concat("", [
			"its counterpart in us-west-2 has the parameter group orders-dr, where one with the settings of orders is ",
			"required: they are for aurora-postgresql15 and aurora-postgresql16",
		]),
		"fact": "joined.settings",
		"actual": "orders-dr",
		"required": "orders",
		"details": {"counterpart": "orders-west"},
	}} with input as _orders([object.union(_group("parameter", "orders-dr", false), families)])
}

test_pass_same_settings if {
	same := [_group("parameter", "orders", true), _group("option", "orders", true)]
	settings_group_differs.deny == set() with input as _orders(same)
	settings_group_differs.applies with input as _orders(same)
}

test_not_applicable_without_a_counterpart if {
	not settings_group_differs.applies with input as _orders([])
}

test_not_applicable_member_of_a_cluster if {
	member := {"kind": "aws.rds.instance", "database": {"cluster": "orders"}}
	not settings_group_differs.applies with input as object.union(_orders([_group("parameter", null, false)]), member)
}

test_unknown_what_two_groups_set if {
	settings_group_differs.deny == set() with input as _orders([{
		"what": "parameter",
		"name": "orders",
		"counterpart": "orders-dr",
	}])
}

_group(what, counterpart, covered) := {
	"what": what,
	"name": "orders",
	"counterpart": counterpart,
	"covered": covered,
	"differing": null,
	"families": null,
}

_orders(groups) := {
	"kind": "aws.rds.cluster",
	"joined": {
		"recovery_region": "us-west-2",
		"in_another_account": false,
		"counterpart": {"id": "orders-west"},
		"settings": groups,
	},
}
