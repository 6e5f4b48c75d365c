package seaworthy.change.failover_turned_off_test

import data.seaworthy.change.failover_turned_off

test_fail_turned_off if {
	failover_turned_off.deny == {{
		"message": "automatic failover is turned off, before the change it was on",
		"fact": "redundancy.automatic_failover",
		"actual": false,
		"required": true,
	}} with input as _change(true, false)
}

test_pass_stays_as_it_is if {
	failover_turned_off.deny == set() with input as _change(true, true)
	failover_turned_off.applies with input as _change(true, true)
}

test_pass_was_so_before if {
	failover_turned_off.deny == set() with input as _change(false, false)
}

test_not_applicable_new_resource if {
	not failover_turned_off.applies with input as {"change": {"action": "create"}}
}

test_unknown_after_the_change if {
	failover_turned_off.deny == set() with input as {
		"change": {"action": "update"},
		"redundancy": {},
		"before": {"redundancy": {"automatic_failover": true}},
	}
}

_change(before, after) := {
	"change": {"action": "update"},
	"redundancy": {"automatic_failover": after},
	"before": {"redundancy": {"automatic_failover": before}},
}
