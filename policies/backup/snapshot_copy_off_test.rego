package seaworthy.backup.snapshot_copy_off_test

import data.seaworthy.backup.snapshot_copy_off as policy

warehouse(copied_to, joined) := {
	"kind": "aws.redshift.cluster",
	"backup": {"copied_to": copied_to},
	"joined": object.union({"copies": [{"usable": true}], "backup_plans": []}, joined),
}

test_fail_copied_once if {
	policy.applies with input as warehouse([], {})
	policy.deny == {{
		"message": "its snapshots are not copied to another region and no backup plan covers it, one of them is required",
		"fact": "backup.copied_to",
		"actual": [],
		"required": "a region",
	}} with input as warehouse([], {})
}

test_not_asked_where_snapshots_are_copied if {
	not policy.applies with input as warehouse([{"region": "us-west-2"}], {})
}

test_pass_a_plan_covers_it if {
	policy.deny == set() with input as warehouse([], {"backup_plans": ["daily"]})
	policy.satisfied with input as warehouse([], {"backup_plans": ["daily"]})
	not policy.satisfied with input as warehouse([], {})
}

test_unknown_whether_they_are_copied if {
	not policy.applies with input as {
		"kind": "aws.redshift.cluster", "backup": {},
		"joined": {"copies": [{"usable": true}], "backup_plans": []},
	}
}

test_not_asked_where_there_is_no_copy if {
	not policy.applies with input as warehouse([], {"copies": []})
	not policy.applies with input as warehouse([], {"copies": [{"usable": false}]})
}
