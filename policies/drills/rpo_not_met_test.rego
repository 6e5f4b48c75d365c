package seaworthy.drills.rpo_not_met_test

import data.seaworthy.drills.rpo_not_met

test_fail_too_much if {
	rpo_not_met.deny == _finding with input as _drills({"lost_seconds": 901, "lost_at_least_seconds": 901})
}

test_fail_too_much_of_one_while_others_were_not_looked_at if {
	rpo_not_met.deny == _finding with input as _drills({"lost_at_least_seconds": 901})
}

test_fail_too_much_where_only_the_whole_is_told if {
	rpo_not_met.deny == _finding with input as _drills({"lost_seconds": 901, "lost_at_least_seconds": null})
}

test_pass_little_enough if {
	little := _drills({"lost_seconds": 900, "lost_at_least_seconds": 900})
	rpo_not_met.applies with input as little
	rpo_not_met.deny == set() with input as little
}

test_not_applicable_without_a_drill_that_passed if {
	not rpo_not_met.applies with input as _drills({"passed_days": null})
}

test_unknown_nobody_looked if {
	rpo_not_met.deny == set() with input as _drills({"lost_at_least_seconds": null})
}

_finding := {{
	"message": "in its newest drill the data of 16 minutes was lost, at most 15 minutes are allowed",
	"fact": "drills.lost_seconds",
	"actual": 901,
	"required": 900,
}}

_drills(facts) := {
	"kind": "application.drills",
	"drills": object.union({"application": "shop", "record": "drills.ndjson", "passed_days": 2.5}, facts),
	"joined": {"applications": ["shop"], "rpo_minutes": 15},
}
