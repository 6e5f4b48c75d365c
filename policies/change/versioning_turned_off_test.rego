package seaworthy.change.versioning_turned_off_test

import data.seaworthy.change.versioning_turned_off

test_fail_turned_off if {
	versioning_turned_off.deny == {{
		"message": "versioning is turned off, before the change it was on",
		"fact": "backup.versioned",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	versioning_turned_off.deny == set() with input as _change(true, true)
	versioning_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	versioning_turned_off.deny == set() with input as _change(false, false)
}

test_not_applicable_new_resource if {
	not versioning_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	versioning_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"backup": {},
		"before": {"backup": {"versioned": true}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"backup": {"versioned": after},
	"before": {"backup": {"versioned": before}},
}
