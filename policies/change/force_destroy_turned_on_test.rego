package seaworthy.change.force_destroy_turned_on_test

import data.seaworthy.change.force_destroy_turned_on

test_fail_turned_on if {
	force_destroy_turned_on.deny == {{
		"message": "its contents are destroyed with it, before the change they were not",
		"fact": "protection.force_destroy",
		"actual": true,
		"required": false,
	}} with input as _change(false, true)
}

test_pass_stays_as_it_is if {
	force_destroy_turned_on.deny == set() with input as _change(false, false)
	force_destroy_turned_on.applies with input as _change(false, false)
}

test_pass_was_so_before if {
	force_destroy_turned_on.deny == set() with input as _change(true, true)
}

test_not_applicable_new_resource if {
	not force_destroy_turned_on.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	force_destroy_turned_on.deny == set() with input as {
		"change": {"action": "update"},
		"protection": {},
		"before": {"protection": {"force_destroy": false}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"protection": {"force_destroy": after},
	"before": {"protection": {"force_destroy": before}},
}
