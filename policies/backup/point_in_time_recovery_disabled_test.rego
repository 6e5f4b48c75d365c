package seaworthy.backup.point_in_time_recovery_disabled_test

import data.seaworthy.backup.point_in_time_recovery_disabled

test_fail_recovery_off if {
	point_in_time_recovery_disabled.deny == {{
		"message": "point-in-time recovery is off, it is required to be on",
		"fact": "backup.point_in_time",
		"actual": false,
		"required": true,
	}} with input as {"backup": {"point_in_time": false}}
}

test_fail_recovery_of_a_replica_off if {
	point_in_time_recovery_disabled.deny == {{
		"message": "point-in-time recovery of the replica in us-west-2 is off, it is required to be on",
		"fact": "backup.replicas_without_point_in_time",
		"actual": "us-west-2",
		"required": [],
	}} with input as {"backup": {"point_in_time": true, "replicas_without_point_in_time": ["us-west-2"]}}
}

test_pass_recovery_on if {
	point_in_time_recovery_disabled.deny == set() with input as {"backup": {
		"point_in_time": true,
		"replicas_without_point_in_time": [],
	}}
}

test_pass_no_replica if {
	point_in_time_recovery_disabled.satisfied with input as {
		"backup": {"point_in_time": true},
		"replication": {"regions": []},
	}
}

test_unknown_recovery_of_replicas if {
	not point_in_time_recovery_disabled.satisfied with input as {
		"backup": {"point_in_time": true},
		"replication": {"regions": ["us-west-2"]},
	}
}

test_unknown_recovery if {
	point_in_time_recovery_disabled.deny == set() with input as {"backup": {}}
}
