package seaworthy.drills.drill_overdue_test

import data.seaworthy.drills.drill_overdue

test_fail_too_long_ago if {
	drill_overdue.deny == {{
		"message": "the last drill that passed was 400 days ago, at most 365 days are allowed",
		"fact": "drills.passed_days",
		"actual": 400,
		"required": 365,
	}} with input as _drills({"passed_days": 400.5})
}

test_fail_none_on_record if {
	drill_overdue.deny == {{
		"message": "no drill that passed is on record, one within 365 days is required",
		"fact": "drills.passed_days",
		"actual": null,
		"required": 365,
	}} with input as _drills({"passed_days": null})
}

test_pass_lately if {
	drill_overdue.applies with input as _drills({"passed_days": 30.2})
	drill_overdue.deny == set() with input as _drills({"passed_days": 30.2})
}

test_not_applicable_nothing_of_it_comes_back_there if {
	not drill_overdue.applies with input as {"drills": {"passed_days": null}, "joined": {"applications": []}}
}

test_unknown_without_a_record if {
	drill_overdue.applies with input as _drills({"record": null})
	drill_overdue.deny == set() with input as _drills({"record": null})
}

_drills(facts) := {
	"kind": "application.drills",
	"drills": object.union({"application": "shop"}, facts),
	"joined": {"applications": ["shop"]},
}
