package seaworthy.replication.parameter_missing_in_recovery_region_test

import data.seaworthy.replication.parameter_missing_in_recovery_region

test_fail_nothing_there if {
	parameter_missing_in_recovery_region.deny == {{
		"message": "the parameter is not in us-west-2, one of its name is required there",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
		"details": {"used_by": []},
	}} with input as _input({"counterpart": null})
}

test_pass_same_name if {
	there := _input({"counterpart": {"id": "there"}})
	parameter_missing_in_recovery_region.deny == set() with input as there
	parameter_missing_in_recovery_region.applies with input as there
}

test_unknown_counterpart if {
	parameter_missing_in_recovery_region.deny == set() with input as _input({})
	parameter_missing_in_recovery_region.applies with input as _input({})
}

test_not_applicable_without_a_recovery_region if {
	not parameter_missing_in_recovery_region.applies with input as {"joined": {"recovery_region": null}}
}

_input(joined) := {"joined": object.union(joined, {
	"recovery_region": "us-west-2",
	"in_another_account": false,
	"used_by": [],
})}
