# METADATA
# title: No restore testing plan restores it
# description: |
#   Restores are tested, and not of this: no restore testing plan in its region or its recovery region selects it by type,
#   ARN and tags, or those that do restore from vaults, types or days in which no recovery point of it lies. The tests are
#   green, and say nothing of it.
#
#   Where there is no restore testing plan at all, restore-not-tested says so. Where no restore of it is on record and no
#   plan restores it, it is told here and not there; a restore that failed is for restore-test-failed. Of code alone, what
#   the code declares is judged: the vaults that backup plans write to against those that are restored from.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
# custom:
#   id: restore-test-does-not-cover
#   severity: {default: medium, backup-restore: high}
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: a selection that takes it, in a restore testing plan where its recovery points are
#     console: "AWS Backup: Restore testing, the plan, Assign resources."
#     cli: >-
#       aws backup create-restore-testing-selection --restore-testing-plan-name PLAN
#       --restore-testing-selection file://selection.json
#     terraform: |
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
package seaworthy.backup.restore_test_does_not_cover

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.restore_covered != null
}

deny contains finding if {
	input.joined.restore_covered == false
	said := [sprintf("%s %s", [miss.plan, miss.why]) | some miss in input.joined.restore_misses]
	finding := {
		"message": sprintf("no restore testing plan restores it: %s, where one that does is required", [concat("; ", said)]),
		"fact": "joined.restore_covered",
		"actual": false,
		"required": true,
	}
}
