package seaworthy.backup.schedule_slower_than_objective_test

import data.seaworthy.backup.schedule_slower_than_objective as policy

database(interval, copies) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"joined": {"rpo_minutes": 240, "copy_interval_minutes": interval, "copies": copies},
}

snapshot := {"mechanism": "recovery-point", "in_recovery_place": true, "usable": true}

replica := {"mechanism": "replica", "in_recovery_place": true, "usable": true}

test_fail_copied_daily_where_hours_are_allowed if {
	policy.applies with input as database(1440, [snapshot])
	policy.deny == {{
		"message": "copies to the recovery region are up to 24 hours apart, at most 4 hours are allowed",
		"fact": "joined.copy_interval_minutes",
		"actual": 1440,
		"required": 240,
	}} with input as database(1440, [snapshot])
}

test_pass_copied_often_enough if {
	policy.deny == set() with input as database(240, [snapshot])
}

test_pass_a_live_replica_is_there if {
	policy.satisfied with input as database(1440, [replica])
	policy.deny == set() with input as database(1440, [replica])
}

test_fail_a_replica_elsewhere_or_out_of_order_does_not_count if {
	every change in [{"in_recovery_place": false}, {"usable": false}] {
		count(policy.deny) == 1 with input as database(1440, [object.union(replica, change)])
	}
}

test_unknown_schedule if {
	copied := {"kind": "aws.rds.instance", "database": {"cluster": null}, "joined": {"rpo_minutes": 240, "copies": []}}
	policy.deny == set() with input as copied
}

test_not_asked_where_nothing_is_copied_by_schedule if {
	not policy.applies with input as database(null, [])
}
