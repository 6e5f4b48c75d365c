package seaworthy.replication.log_group_missing_in_recovery_region_test

import data.seaworthy.replication.log_group_missing_in_recovery_region

test_fail_not_there if {
	log_group_missing_in_recovery_region.deny == {{
		"message": "container api: log group /ecs/shop is not in us-west-2, it is required there",
		"fact": "joined.logs",
		"actual": null,
		"required": "us-west-2",
		"details": {"group": "/ecs/shop", "region": "us-west-2"},
	}} with input as _input({"found": false, "creates": false})
}

test_pass_there if {
	there := _input({"found": true, "creates": false})
	log_group_missing_in_recovery_region.deny == set() with input as there
	log_group_missing_in_recovery_region.applies with input as there
}

test_pass_made_by_itself if {
	log_group_missing_in_recovery_region.deny == set() with input as _input({"found": false, "creates": true})
}

test_unknown_place if {
	log_group_missing_in_recovery_region.deny == set() with input as _input({"creates": false})
	log_group_missing_in_recovery_region.applies with input as _input({"creates": false})
}

test_not_applicable_without_logs if {
	not log_group_missing_in_recovery_region.applies with input as {"joined": {"logs": []}}
}

_input(log) := {"joined": {"logs": [object.union(log, {
	"at": "container api",
	"group": "/ecs/shop",
	"region": "us-west-2",
})]}}
