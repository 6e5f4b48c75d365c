package seaworthy.change.deletion_protection_turned_off_test

import data.seaworthy.change.deletion_protection_turned_off

test_fail_turned_off if {
	deletion_protection_turned_off.deny == {{
		"message": "deletion protection is turned off, before the change it was on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	deletion_protection_turned_off.deny == set() with input as _change(true, true)
	deletion_protection_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	deletion_protection_turned_off.deny == set() with input as _change(false, false)
}

test_not_applicable_new_resource if {
	not deletion_protection_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	deletion_protection_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"protection": {},
		"before": {"protection": {"deletion_protection": true}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"protection": {"deletion_protection": after},
	"before": {"protection": {"deletion_protection": before}},
}
