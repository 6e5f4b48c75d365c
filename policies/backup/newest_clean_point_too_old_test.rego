package seaworthy.backup.newest_clean_point_too_old_test

import data.seaworthy.backup.newest_clean_point_too_old as policy

copy(state, age) := {
	"in_recovery_place": true,
	"usable": state != "infected",
	"state": state,
	"age_minutes": age,
}

database(rpo, copies) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": {"recovery_region": "us-west-2", "rpo_minutes": rpo, "copies": copies},
}

test_fail_the_newest_clean_one_is_too_old if {
	input_ := database(60, [copy("infected", 10), copy("completed", 2880), copy("completed", 4320)])
	policy.applies with input as input_
	policy.arises with input as input_
	policy.deny == {{
		"message": "the newest copy without malware is 2 days old, at most 60 minutes are allowed",
		"fact": "joined.copies",
		"actual": 2880,
		"required": 60,
	}} with input as input_
}

test_fail_the_parameter_where_there_is_no_objective if {
	input_ := database(null, [copy("infected", 10), copy("completed", 2880)])
	[finding.required | some finding in policy.deny] == [1440] with input as input_
}

test_pass_one_is_new_enough if {
	policy.deny == set() with input as database(60, [copy("infected", 10), copy("completed", 30)])
	policy.satisfied with input as database(60, [copy("infected", 10), copy("completed", 30)])
}

test_pass_a_live_replica_has_no_age if {
	policy.satisfied with input as database(60, [copy("infected", 10), copy("available", null)])
}

test_unknown_ages if {
	input_ := database(60, [copy("infected", 10), {"in_recovery_place": true, "usable": true, "state": "completed"}])
	policy.deny == set() with input as input_
	not policy.satisfied with input as input_
}

test_not_asked_where_no_scan_found_anything if {
	not policy.arises with input as database(60, [copy("completed", 2880)])
	not policy.applies with input as database(60, [copy("infected", 10)])
}
