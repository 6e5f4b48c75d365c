package seaworthy.replication.no_copy_in_recovery_region_test

import data.seaworthy.replication.no_copy_in_recovery_region

test_fail_copy_in_another_region if {
	no_copy_in_recovery_region.deny == {{
		"message": concat(" ", [
			"its copies are in eu-west-1, us-west-2,",
			"none that is usable in us-west-2, where one is required",
		]),
		"fact": "joined.copies",
		"actual": ["eu-west-1", "us-west-2"],
		"required": "us-west-2",
	}} with input as _input([_copy("eu-west-1", false, true), _copy("us-west-2", true, false)])
}

test_fail_copy_in_another_account if {
	no_copy_in_recovery_region.deny == {{
		"message": concat(" ", [
			"its copies in us-west-2 are in account 444455556666,",
			"one that is usable is required in account 111122223333",
		]),
		"fact": "joined.copies",
		"actual": ["444455556666"],
		"required": "111122223333",
	}} with input as _input([
		_copy("eu-west-1", false, true),
		object.union(_copy("us-west-2", false, true), {"account": "444455556666"}),
	])
}

test_pass_copy_in_the_recovery_region if {
	no_copy_in_recovery_region.deny == set() with input as _input([_copy("us-west-2", true, true)])
	no_copy_in_recovery_region.applies with input as _input([_copy("us-west-2", true, true)])
	no_copy_in_recovery_region.satisfied with input as _input([_copy("us-west-2", true, true)])
}

test_not_applicable_without_any_copy if {
	not no_copy_in_recovery_region.arises with input as _input([])
	not no_copy_in_recovery_region.arises with input as _input([{"usable": false}])
}

test_unknown_of_a_copy_whose_use_is_not_known if {
	no_copy_in_recovery_region.arises with input as _input([{"region": "eu-west-1"}])
}

test_unknown_copies if {
	no_copy_in_recovery_region.deny == set() with input as {"joined": {"recovery_region": "us-west-2"}}
	not no_copy_in_recovery_region.satisfied with input as {"joined": {"recovery_region": "us-west-2"}}
}

_input(copies) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "none"},
	"joined": {
		"recovery_region": "us-west-2",
		"recovery_account": "111122223333",
		"in_another_account": false,
		"copies": copies,
	},
}

_copy(region, there, usable) := {"region": region, "in_recovery_place": there, "usable": usable}

test_pass_what_nobody_may_open_is_told_elsewhere if {
	no_copy_in_recovery_region.deny == set() with input as {"joined": {
		"recovery_region": "us-west-2",
		"in_another_account": false,
		"copies": [{"region": "us-west-2", "in_recovery_place": true, "usable": false, "opening": {"opens": false}}],
	}}
}
