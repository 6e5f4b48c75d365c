package seaworthy.change.backups_turned_off_test

import data.seaworthy.change.backups_turned_off

test_fail_turned_off if {
	backups_turned_off.deny == {{
		"message": "backups are turned off, before the change they were on",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	backups_turned_off.deny == set() with input as _change(true, true)
	backups_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	backups_turned_off.deny == set() with input as _change(false, false)
}

test_not_applicable_new_resource if {
	not backups_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	backups_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"backup": {},
		"before": {"backup": {"enabled": true}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"backup": {"enabled": after},
	"before": {"backup": {"enabled": before}},
}
