# METADATA
# title: No restore of the backups was tested lately
# description: |
#   A backup that was never restored is a hope. Expired keys, missing subnet groups, option groups that exist in one
#   region only and restores that take a day are found by a test, or during the outage. A replica is no way around it:
#   what corrupts the data corrupts its replicas, too.
#
#   A test counts if a restore job of AWS Backup completed, as restore testing plans start them. Jobs are read for the
#   last 400 days; whether an older test counts, where the parameter allows it, is unknown. What was created more
#   recently than a test may lie back is not due yet, and passes.
#
#   Not asked where another policy tells it: where the newest restore failed, restore-test-failed, and where none is on
#   record and there are restore testing plans that do not come to it, restore-test-does-not-cover.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
# custom:
#   id: restore-not-tested
#   severity: {default: medium, backup-restore: high}
#   for: [stateful]
#   except: [cache]
#   parameters:
#     max_days:
#       default: 90
#       description: days after which a restore test no longer counts
#   remediation:
#     summary: a restore testing plan of AWS Backup that selects it
#     console: "AWS Backup: Restore testing, Create restore testing plan, and assign the resource."
#     cli: aws backup create-restore-testing-plan --restore-testing-plan file://plan.json
#     terraform: |
#       resource "aws_backup_restore_testing_plan" "NAME" {
#         name                = "NAME"
#         schedule_expression = "cron(0 5 ? * SUN *)"
#
#         recovery_point_selection {
#           algorithm            = "LATEST_WITHIN_WINDOW"
#           include_vaults       = ["*"]
#           recovery_point_types = ["SNAPSHOT"]
#         }
#       }
#
#       resource "aws_backup_restore_testing_selection" "NAME" {
#         name                      = "NAME"
#         restore_testing_plan_name = aws_backup_restore_testing_plan.NAME.name
#         protected_resource_type   = "RDS"
#         iam_role_arn              = aws_iam_role.NAME.arn
#         protected_resource_arns   = ["*"]
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP04, REL13-BP03]
#     nist-800-53-r5: [CP-4, CP-9(1)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.3]
#     hipaa: [164.308(a)(7)(ii)(D)]
#     dora: [Art. 12, Art. 12(2), Art. 24, Art. 25, RTS Art. 25(2)(c)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.6]
package seaworthy.backup.restore_not_tested

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

arises if input.joined.restore_trouble == null

# One test that is new enough is enough, wherever else the search was not complete.
satisfied if _tested_lately

# What is younger than that is not due yet.
satisfied if {
	input.joined.age_days != null
	input.joined.age_days <= _max_days
}

_tested_lately if {
	input.joined.restore_test_age_days != null
	input.joined.restore_test_age_days <= _max_days
}

deny contains finding if {
	input.joined.untested_days != null
	input.joined.untested_days > _max_days
	finding := {
		"message": sprintf("no successful restore test %s, one within %d days is required", [_for_as_long, _max_days]),
		"fact": "joined.untested_days",
		"actual": input.joined.untested_days,
		"required": _max_days,
	}
}

# Under `not`, a newer test that may be where nobody looked makes it unknown, not a failure.
deny contains finding if {
	not _tested_lately
	input.joined.restore_test_age_days != null
	age := floor(input.joined.restore_test_age_days)
	finding := {
		"message": sprintf("the last successful restore test is %d days old, at most %d are allowed", [age, _max_days]),
		"fact": "joined.restore_test_age_days",
		"actual": age,
		"required": _max_days,
	}
}

_for_as_long := sprintf("since it was created %d days ago", [input.joined.age_days]) if {
	input.joined.untested_days == input.joined.age_days
}

_for_as_long := sprintf("in the last %d days, which is as far back as jobs are read", [input.joined.untested_days]) if {
	input.joined.untested_days < input.joined.age_days
}

_max_days := data.parameters["restore-not-tested"].max_days
