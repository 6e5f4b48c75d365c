# METADATA
# title: The newest restore of the backups failed
# description: |
#   Somebody tried to restore it, or a restore testing plan did, and it failed, or whoever validated what came of it was not
#   content. That is worth less than no test at all: of what was never tried nothing is known, of this it is known that it
#   does not work. It stays so until a restore succeeds, however old the failure grows.
#
#   The newest restore job of AWS Backup that ended decides; one that was broken off or waits for its validation tells
#   nothing. Where the newest one succeeded, how old it is is for restore-not-tested, which is not asked where it failed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-validate.html
# custom:
#   id: restore-test-failed
#   severity: {default: high, backup-restore: critical}
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: mend what the restore failed for, and run the test again
#     console: "AWS Backup: Jobs, Restore jobs, the job: Status message; then Restore testing, the plan, of the next run."
#     cli: aws backup describe-restore-job --restore-job-id {{details.job|JOB}}
#     terraform: |
#       resource "aws_backup_restore_testing_selection" "NAME" {
#         name                      = "NAME"
#         restore_testing_plan_name = aws_backup_restore_testing_plan.NAME.name
#         protected_resource_type   = "RDS"
#         iam_role_arn              = aws_iam_role.NAME.arn
#         protected_resource_arns   = ["*"]
#
#         restore_metadata_overrides = {
#           dbSubnetGroupName = aws_db_subnet_group.RECOVERY.name
#         }
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
package seaworthy.backup.restore_test_failed

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.newest_restore != null
}

deny contains finding if {
	newest := input.joined.newest_restore
	newest.succeeded == false
	finding := {
		"message": sprintf("its newest restore, %d days ago, %s, where one that succeeds is required", [
			floor(newest.age_days),
			newest.why,
		]),
		"fact": "joined.newest_restore.succeeded",
		"actual": newest.why,
		"required": "one that succeeds",
		"details": {"job": newest.job},
	}
}
