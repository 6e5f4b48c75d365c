package seaworthy.drills.drill_failed_test

import data.seaworthy.drills.drill_failed

test_fail_the_newest if {
	drill_failed.deny == {{
		"message": "its newest drill failed, 3 days ago",
		"fact": "drills.newest_outcome",
		"actual": "failed",
		"required": "passed",
	}} with input as _drills({"newest_outcome": "failed", "newest_days": 3.9})
}

test_pass_the_newest if {
	passed := _drills({"newest_outcome": "passed", "newest_days": 3.9})
	drill_failed.applies with input as passed
	drill_failed.deny == set() with input as passed
}

test_not_applicable_without_a_drill if {
	not drill_failed.applies with input as _drills({"newest_outcome": null})
	not drill_failed.applies with input as _drills({"record": null})
}

test_unknown_the_record_was_not_read if {
	drill_failed.deny == set() with input as _drills({})
}

_drills(facts) := {
	"kind": "application.drills",
	"drills": object.union({"application": "shop", "record": "drills.ndjson"}, facts),
	"joined": {"applications": ["shop"]},
}
