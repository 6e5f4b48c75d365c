package seaworthy.replication.bucket_replication_stalled_test

import data.seaworthy.replication.bucket_replication_stalled

test_fail_given_up if {
	bucket_replication_stalled.applies with input as _input(null, _lag(2, 0, 12))
	bucket_replication_stalled.deny == {{
		"message": "replication of 12 objects failed, none may",
		"fact": "joined.lags.failed",
		"actual": 12,
		"required": 0,
	}} with input as _input(null, _lag(2, 0, 12))
}

test_fail_waits_longer_than_the_objective if {
	bucket_replication_stalled.deny == {{
		"message": "objects wait for 16 minutes to be replicated, at most 15 minutes are allowed",
		"fact": "joined.lags.seconds",
		"actual": 16,
		"required": 15,
	}} with input as _input(15, _lag(901, 3, 0))
}

test_fail_waits_longer_than_the_default if {
	bucket_replication_stalled.deny == {{
		"message": "objects wait for 2 hours to be replicated, at most 60 minutes are allowed",
		"fact": "joined.lags.seconds",
		"actual": 120,
		"required": 60,
	}} with input as _input(null, _lag(7200, 3, 0))
}

test_pass_caught_up_meanwhile if {
	bucket_replication_stalled.deny == set() with input as _input(15, _lag(901, 0, 0))
}

test_pass_of_what_is_restored_the_age_counts if {
	restored := object.union(_input(15, _lag(901, 3, 0)), {"joined": {"pattern": "backup-restore"}})
	bucket_replication_stalled.deny == set() with input as restored
}

test_unknown_without_metrics if {
	bucket_replication_stalled.applies with input as _input(15, {"in_recovery_place": true})
	bucket_replication_stalled.deny == set() with input as _input(15, {"in_recovery_place": true})
}

test_not_applicable_to_what_goes_elsewhere if {
	not bucket_replication_stalled.applies with input as _input(15, {"in_recovery_place": false})
}

_input(rpo, lag) := {
	"kind": "aws.s3.bucket",
	"replication": {"role": "primary"},
	"joined": {"pattern": "pilot-light", "rpo_minutes": rpo, "recovery_region": "us-west-2", "lags": [lag]},
}

_lag(seconds, pending, failed) := {
	"in_recovery_place": true,
	"seconds": seconds,
	"pending": pending,
	"failed": failed,
}
