package seaworthy.backup.restore_test_failed_test

import data.seaworthy.backup.restore_test_failed as policy

database(newest) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": {"newest_restore": newest},
}

failed := {
	"job": "9",
	"plan": "weekly",
	"succeeded": false,
	"why": "was not validated in time",
	"age_days": 3.5,
}

test_fail_the_newest_one_failed if {
	policy.applies with input as database(failed)
	policy.deny == {{
		"message": "its newest restore, 3 days ago, was not validated in time, where one that succeeds is required",
		"fact": "joined.newest_restore.succeeded",
		"actual": "was not validated in time",
		"required": "one that succeeds",
		"details": {"job": "9"},
	}} with input as database(failed)
}

test_pass_a_later_one_succeeded if {
	policy.deny == set() with input as database({
		"job": "10",
		"plan": null,
		"succeeded": true,
		"why": null,
		"age_days": 1,
	})
}

test_unknown_restores if {
	policy.deny == set() with input as {"kind": "aws.rds.instance", "database": {"cluster": null}, "joined": {}}
}

test_not_asked_where_none_is_on_record if {
	not policy.applies with input as database(null)
}
