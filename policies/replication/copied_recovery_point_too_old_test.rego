package seaworthy.replication.copied_recovery_point_too_old_test

import data.seaworthy.replication.copied_recovery_point_too_old

test_fail_older_than_the_objective if {
	copied_recovery_point_too_old.deny == {{
		"message": "the newest copy of its data is 5 hours old, at most 4 hours are allowed",
		"fact": "joined.copies",
		"actual": 300,
		"required": 240,
	}} with input as _input(240, [_copy(300), _copy(900)])
}

test_fail_older_than_the_default if {
	copied_recovery_point_too_old.deny == {{
		"message": "the newest copy of its data is 33 hours old, at most 24 hours are allowed",
		"fact": "joined.copies",
		"actual": 2000,
		"required": 1440,
	}} with input as {"joined": {
		"rpo_minutes": null,
		"recovery_region": null,
		"lags": [],
		"copies": [{"usable": true, "in_recovery_place": false, "age_minutes": 2000}],
	}}
}

test_pass_young_enough if {
	copied_recovery_point_too_old.deny == set() with input as _input(240, [_copy(30), _copy(900)])
	copied_recovery_point_too_old.applies with input as _input(240, [_copy(30), _copy(900)])
	copied_recovery_point_too_old.satisfied with input as _input(240, [_copy(30), _copy(900)])
}

test_fail_replica_is_further_behind_than_the_objective if {
	copied_recovery_point_too_old.deny == {{
		"message": "the newest copy of its data is 6 minutes old, at most 5 minutes are allowed",
		"fact": "joined.copies",
		"actual": 6,
		"required": 5,
	}} with input as _lagging(5, 301)
}

test_fail_of_a_replica_that_follows_nothing_only_the_points_count if {
	copied_recovery_point_too_old.deny == {{
		"message": "the newest copy of its data is 15 hours old, at most 5 minutes are allowed",
		"fact": "joined.copies",
		"actual": 900,
		"required": 5,
	}} with input as _with(_lagging(5, 2), {"lags": [{
		"usable": true,
		"in_recovery_place": true,
		"seconds": 2,
		"stopped": true,
	}]})
}

test_pass_live_replica_close_enough if {
	copied_recovery_point_too_old.applies with input as _lagging(240, 2)
	copied_recovery_point_too_old.deny == set() with input as _lagging(240, 2)
	copied_recovery_point_too_old.satisfied with input as _lagging(240, 2)
}

test_pass_live_replica_without_an_objective if {
	copied_recovery_point_too_old.deny == set() with input as _input(null, [_copy(2000), _live])
	copied_recovery_point_too_old.satisfied with input as _input(null, [_copy(2000), _live])
}

test_unknown_how_far_behind_a_replica_is if {
	input_of_it := _with(_input(240, [_live]), {"pattern": "backup-restore"})
	copied_recovery_point_too_old.applies with input as input_of_it
	copied_recovery_point_too_old.deny == set() with input as input_of_it
	not copied_recovery_point_too_old.satisfied with input as input_of_it
}

test_not_applicable_where_a_replica_is_failed_over_to if {
	not copied_recovery_point_too_old.applies with input as _with(_lagging(5, 301), {"pattern": "warm-standby"})
}

test_not_applicable_without_a_copy if {
	not copied_recovery_point_too_old.applies with input as _input(240, [])
}

test_unknown_objective if {
	copied_recovery_point_too_old.deny == set() with input as {"joined": {"copies": [_copy(900)], "lags": []}}
	not copied_recovery_point_too_old.satisfied with input as {"joined": {"copies": [_copy(900)], "lags": []}}
}

_input(rpo, copies) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "none"},
	"joined": {"pattern": null, "rpo_minutes": rpo, "recovery_region": "us-west-2", "copies": copies, "lags": []},
}

_copy(age) := {"usable": true, "in_recovery_place": true, "age_minutes": age}

_live := {"usable": true, "in_recovery_place": true, "age_minutes": null}

# An old point, and a replica that is so many seconds behind.
_lagging(rpo, seconds) := _with(_input(rpo, [_copy(900), _live]), {
	"pattern": "backup-restore",
	"lags": [{"usable": true, "in_recovery_place": true, "seconds": seconds, "stopped": false}],
})

_with(of, joined) := object.union(of, {"joined": joined})
