package seaworthy.compute.capacity_not_reserved_test

import data.seaworthy.compute.capacity_not_reserved

test_fail_nothing_reserved if {
	capacity_not_reserved.deny == {{
		"message": "in us-west-2, 0 of the 4 instances that have to start are reserved",
		"fact": "joined.reserved_instances",
		"actual": 0,
		"required": 4,
		"details": {"type": "m7g.large"},
	}} with input as _group(4, null, 0)
}

test_fail_too_few_beside_what_runs_there if {
	capacity_not_reserved.deny == {{
		"message": "in us-west-2, 1 of the 2 instances that have to start are reserved",
		"fact": "joined.reserved_instances",
		"actual": 1,
		"required": 2,
		"details": {"type": "m7g.large"},
	}} with input as _group(4, 2, 1)
}

test_pass_enough_is_reserved if {
	capacity_not_reserved.deny == set() with input as _group(4, 1, 3)
	capacity_not_reserved.applies with input as _group(4, 1, 3)
}

test_unknown_reservations_not_read if {
	facts := object.remove(_group(4, null, 0).joined, ["reserved_instances"])
	capacity_not_reserved.deny == set() with input as {"capacity": _group(4, null, 0).capacity, "joined": facts}
	capacity_not_reserved.applies with input as {"capacity": _group(4, null, 0).capacity, "joined": facts}
}

test_not_applicable_all_of_it_runs_there if {
	not capacity_not_reserved.applies with input as _group(4, 4, 0)
}

test_not_applicable_without_a_pattern if {
	not capacity_not_reserved.applies with input as object.union(_group(4, null, 0), {"joined": {"pattern": null}})
}

_group(desired, standby, reserved) := {
	"capacity": {"desired": desired, "types": ["m7g.large"]},
	"joined": {
		"pattern": "pilot-light",
		"recovery_region": "us-west-2",
		"in_another_account": false,
		"standby_desired": standby,
		"reserved_instances": reserved,
	},
}
