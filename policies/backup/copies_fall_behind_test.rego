package seaworthy.backup.copies_fall_behind_test

import data.seaworthy.backup.copies_fall_behind as policy

database(interval, queue) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": {"copy_interval_minutes": interval, "copy_queue": queue},
}

waits := database(360, {"waiting": 3, "oldest_minutes": 2880, "usual_minutes": 300})

takes := database(60, {"waiting": 0, "oldest_minutes": null, "usual_minutes": 120})

test_fail_one_waits_for_longer_than_the_next_one_takes_to_come if {
	policy.applies with input as waits
	policy.deny == {{
		"message": "a copy to the recovery region has waited for 2 days, and one is made every 6 hours",
		"fact": "joined.copy_queue.oldest_minutes",
		"actual": 2880,
		"required": 360,
	}} with input as waits
}

test_fail_each_takes_longer_than_the_time_between_them if {
	policy.deny == {{
		"message": "a copy to the recovery region takes 2 hours, and one is made every 60 minutes",
		"fact": "joined.copy_queue.usual_minutes",
		"actual": 120,
		"required": 60,
	}} with input as takes
}

test_pass_they_end_in_time if {
	policy.deny == set() with input as database(1440, {"waiting": 1, "oldest_minutes": 30, "usual_minutes": 90})
	policy.deny == set() with input as database(1440, {"waiting": 1, "oldest_minutes": 30, "usual_minutes": null})
}

test_unknown_jobs if {
	policy.deny == set() with input as {
		"kind": "aws.rds.instance",
		"database": {"cluster": null},
		"joined": {"copy_interval_minutes": 60},
	}
}

test_not_asked_without_a_schedule_or_a_job if {
	not policy.applies with input as database(null, {"waiting": 0, "oldest_minutes": null, "usual_minutes": 5})
	not policy.applies with input as database(60, null)
}
