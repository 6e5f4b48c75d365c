package seaworthy.drills.rto_not_met_test

import data.seaworthy.drills.rto_not_met

test_fail_too_slow if {
	rto_not_met.deny == {{
		"message": "its newest drill took 61 minutes until it was back, at most 60 minutes are allowed",
		"fact": "drills.recovered_seconds",
		"actual": 3601,
		"required": 3600,
	}} with input as _drills({"recovered_seconds": 3601})
}

test_pass_in_time if {
	rto_not_met.applies with input as _drills({"recovered_seconds": 3600})
	rto_not_met.deny == set() with input as _drills({"recovered_seconds": 3600})
}

test_not_applicable_without_a_drill_that_passed if {
	not rto_not_met.applies with input as _drills({"passed_days": null})
}

test_unknown_when_it_was_back if {
	rto_not_met.deny == set() with input as _drills({})
}

_drills(facts) := {
	"kind": "application.drills",
	"drills": object.union({"application": "shop", "record": "drills.ndjson", "passed_days": 2.5}, facts),
	"joined": {"applications": ["shop"], "rto_minutes": 60},
}
