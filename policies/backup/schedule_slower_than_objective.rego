# METADATA
# title: Copies are made less often than the recovery point objective allows
# description: |
#   Between two runs of the schedule nothing of what is written reaches the recovery region. If that takes longer than the
#   objective allows, it is missed by design, on a good day, too; the time that a job waits for its start and that the copy
#   takes comes on top.
#
#   Of several rules the one counts that copies most often, at its longest pause: a schedule for working days pauses over
#   the weekend, and one in local time is an hour longer when clocks are put back. What is replicated to the recovery region
#   all the time does not hang on its backups.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
# custom:
#   id: schedule-slower-than-objective
#   severity:
#     default: medium
#     backup-restore: high
#   for: [stateful]
#   remediation:
#     summary: a rule that copies to the recovery region at least every {{joined.rpo_minutes|15}} minutes, or a live replica there
#     console: "AWS Backup: Backup plans, the plan, the rule, Edit, Backup frequency."
#     cli: aws backup update-backup-plan --backup-plan-id ID --backup-plan file://plan.json
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "hourly"
#           target_vault_name = aws_backup_vault.NAME.name
#           schedule          = "cron(0 * * * ? *)"
#
#           copy_action {
#             destination_vault_arn = aws_backup_vault.RECOVERY.arn
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP03, REL13-BP01]
#     nist-800-53-r5: [CP-6, CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a), Art. 12(6), RTS Art. 26(1)(c)]
#     nis2: [Art. 21(2)(c), CIR 4.1.2(f), CIR 4.2]
package seaworthy.backup.schedule_slower_than_objective

import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	input.joined.rpo_minutes != null
	input.joined.copy_interval_minutes != null
}

deny contains finding if {
	interval := input.joined.copy_interval_minutes
	interval > input.joined.rpo_minutes
	every copy in input.joined.copies { not _is_live_there(copy) }
	finding := {
		"message": sprintf(
			"copies to the recovery region are up to %s apart, at most %s are allowed",
			[span(interval), span(input.joined.rpo_minutes)],
		),
		"fact": "joined.copy_interval_minutes",
		"actual": interval,
		"required": input.joined.rpo_minutes,
	}
}

satisfied if {
	some copy in input.joined.copies
	_is_live_there(copy)
}

_is_live_there(copy) if {
	copy.mechanism in {"global-cluster", "global-datastore", "provider-replica", "replica"}
	copy.in_recovery_place == true
	copy.usable == true
}
