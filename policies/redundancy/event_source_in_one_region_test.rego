package seaworthy.redundancy.event_source_in_one_region_test

import data.seaworthy.redundancy.event_source_in_one_region

test_fail_nothing_there if {
	event_source_in_one_region.deny == {{
		"message": "nothing hands these events to its function in us-west-2, an enabled mapping is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _mapping({"counterpart": null})
}

test_fail_disabled if {
	event_source_in_one_region.deny == {{
		"message": "its counterpart in us-west-2 is disabled, one that is enabled is required",
		"fact": "joined.counterpart",
		"actual": "disabled",
		"required": "enabled",
		"details": {"counterpart": "west"},
	}} with input as _mapping({"counterpart": {"id": "west", "state": "disabled", "usable": false}})
}

test_pass_enabled if {
	mapping := _mapping({"counterpart": {"id": "west", "state": "enabled", "usable": true}})
	event_source_in_one_region.deny == set() with input as mapping
	event_source_in_one_region.applies with input as mapping
}

test_not_applicable_disabled_in_its_own_region if {
	mapping := object.union(_mapping({}), {"status": {"healthy": false}})
	not event_source_in_one_region.applies with input as mapping
}

test_unknown_counterpart if {
	event_source_in_one_region.deny == set() with input as _mapping({})
}

_mapping(joined) := {
	"kind": "aws.lambda.event-source-mapping",
	"status": {"state": "enabled", "healthy": true},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
