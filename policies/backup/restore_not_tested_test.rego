package seaworthy.backup.restore_not_tested_test

import data.seaworthy.backup.restore_not_tested

test_fail_not_tested_for_as_long_as_jobs_are_read if {
	restore_not_tested.deny == {{
		"message": concat("", [
			"no successful restore test in the last 400 days, which is as far back as jobs are read, ",
			"one within 90 days is required",
		]),
		"fact": "joined.untested_days",
		"actual": 400,
		"required": 90,
	}} with input as {"joined": {"untested_days": 400, "age_days": 720}}
}

test_fail_not_tested_since_it_was_created if {
	restore_not_tested.deny == {{
		"message": "no successful restore test since it was created 120 days ago, one within 90 days is required",
		"fact": "joined.untested_days",
		"actual": 120,
		"required": 90,
	}} with input as {"joined": {"untested_days": 120, "age_days": 120, "restore_test_age_days": null}}
	not restore_not_tested.satisfied with input as {"joined": {"age_days": 120, "restore_test_age_days": null}}
}

test_fail_tested_too_long_ago if {
	restore_not_tested.deny == {{
		"message": "the last successful restore test is 120 days old, at most 90 are allowed",
		"fact": "joined.restore_test_age_days",
		"actual": 120,
		"required": 90,
	}} with input as {"joined": {"restore_test_age_days": 120.4, "untested_days": null}}
}

test_pass_tested_lately if {
	restore_not_tested.deny == set() with input as {"joined": {"restore_test_age_days": 30.5, "untested_days": null}}
	restore_not_tested.satisfied with input as {"joined": {"restore_test_age_days": 30.5}}
}

test_pass_younger_than_a_test_may_be_old if {
	restore_not_tested.deny == set() with input as {"joined": {"untested_days": 3, "age_days": 3}}
	restore_not_tested.satisfied with input as {"joined": {"age_days": 3}}
}

test_pass_database_is_judged if {
	restore_not_tested.applies with input as {"kind": "aws.rds.cluster", "replication": {"role": "none"}}
}

test_unknown_tests if {
	restore_not_tested.deny == set() with input as {"joined": {}}
	not restore_not_tested.satisfied with input as {"joined": {}}
}

test_unknown_whether_an_older_test_counts if {
	restore_not_tested.deny == set() with input as {"joined": {"untested_days": 400, "age_days": 720}}
		with data.parameters["restore-not-tested"].max_days as 500
}

test_not_asked_where_another_policy_tells_it if {
	not restore_not_tested.arises with input as {"joined": {"restore_trouble": "failed"}}
	not restore_not_tested.arises with input as {"joined": {"restore_trouble": "not-covered"}}
	restore_not_tested.arises with input as {"joined": {"restore_trouble": null}}
}
