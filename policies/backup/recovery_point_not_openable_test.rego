package seaworthy.backup.recovery_point_not_openable_test

import data.seaworthy.backup.recovery_point_not_openable as policy

vault := "arn:aws:backup:us-west-2:111122223333:backup-vault:dr"

why := "statement 'Lock' of vault dr denies backup:StartRestoreJob to account 111122223333"

shut := {
	"in_recovery_place": true,
	"usable": false,
	"opening": {"opens": false, "why": why, "by": vault, "statement": "statement 'Lock'"},
}

open := {
	"in_recovery_place": true,
	"usable": true,
	"opening": {"opens": true, "why": null, "by": null, "statement": null},
}

unread := {"in_recovery_place": true, "usable": true, "opening": {"why": "dr: backup:GetBackupVaultAccessPolicy denied"}}

replica := {"in_recovery_place": true, "usable": true, "opening": null}

elsewhere := {"in_recovery_place": false, "usable": true, "opening": null}

database(copies) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": {"recovery_region": "us-west-2", "in_another_account": false, "copies": copies},
}

test_fail_every_copy_there_is_shut if {
	input_ := database([shut, elsewhere])
	policy.applies with input as input_
	policy.arises with input as input_
	policy.deny == {{
		"message": concat(" ", [
			"none of the copies in us-west-2 can be opened:",
			"statement 'Lock' of vault dr denies backup:StartRestoreJob to account 111122223333,",
			"where one that opens is required",
		]),
		"fact": "joined.copies",
		"actual": "statement 'Lock' of vault dr denies backup:StartRestoreJob to account 111122223333",
		"required": "one that opens",
		"details": {
			"by": "arn:aws:backup:us-west-2:111122223333:backup-vault:dr",
			"statement": "statement 'Lock'",
		},
	}} with input as input_
}

test_pass_one_that_opens_is_enough if {
	policy.deny == set() with input as database([shut, open])
	policy.satisfied with input as database([unread, open])
}

test_pass_a_live_replica_is_another_way if {
	policy.deny == set() with input as database([shut, replica])
}

test_unknown_policies if {
	policy.deny == set() with input as database([unread])
	not policy.satisfied with input as database([unread])
}

test_not_asked_without_a_copy_that_would_have_to_be_opened if {
	not policy.arises with input as database([replica, elsewhere])
	not policy.applies with input as object.union(database([shut]), {"joined": {"recovery_region": null}})
}
