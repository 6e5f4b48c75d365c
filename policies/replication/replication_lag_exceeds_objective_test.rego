package seaworthy.replication.replication_lag_exceeds_objective_test

import data.seaworthy.replication.replication_lag_exceeds_objective

test_fail_further_behind_than_allowed if {
	replication_lag_exceeds_objective.applies with input as _input([_lag(720), _lag(301)])
	replication_lag_exceeds_objective.deny == {{
		"message": "its live copy was up to 6 minutes behind, at most 5 minutes are allowed",
		"fact": "joined.lags",
		"actual": 301,
		"required": 300,
	}} with input as _input([_lag(720), _lag(301)])
}

test_fail_follows_nothing if {
	replication_lag_exceeds_objective.deny == {{
		"message": "its live copy follows nothing now, at most 5 minutes are allowed",
		"fact": "joined.lags",
		"actual": "stopped",
		"required": 300,
	}} with input as _input([_stopped])
}

test_pass_one_is_close_enough if {
	replication_lag_exceeds_objective.deny == set() with input as _input([_stopped, _lag(720), _lag(2)])
	replication_lag_exceeds_objective.satisfied with input as _input([_stopped, _lag(720), _lag(2)])
}

test_unknown_where_nobody_measured if {
	replication_lag_exceeds_objective.applies with input as _input([_live])
	replication_lag_exceeds_objective.deny == set() with input as _input([_live])
	not replication_lag_exceeds_objective.satisfied with input as _input([_live])
}

test_not_applicable_to_what_is_restored if {
	restored := object.union(_input([_lag(720)]), {"joined": {"pattern": "backup-restore"}})
	not replication_lag_exceeds_objective.applies with input as restored
}

test_not_applicable_without_an_objective if {
	free := object.union(_input([_lag(720)]), {"joined": {"rpo_minutes": null}})
	not replication_lag_exceeds_objective.applies with input as free
}

test_not_applicable_to_a_copy_elsewhere if {
	elsewhere := object.union(_lag(720), {"in_recovery_place": false})
	not replication_lag_exceeds_objective.applies with input as _input([elsewhere])
}

_input(lags) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "primary"},
	"joined": {"pattern": "warm-standby", "rpo_minutes": 5, "recovery_region": "us-west-2", "lags": lags},
}

_live := {"usable": true, "in_recovery_place": true}

_lag(seconds) := object.union(_live, {"seconds": seconds, "stopped": false})

_stopped := object.union(_live, {"seconds": 2, "stopped": true})
