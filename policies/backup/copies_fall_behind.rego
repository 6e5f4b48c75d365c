# METADATA
# title: Copies to the recovery region take longer than the time between them
# description: |
#   The backup service copies one recovery point of a resource at a time. Where a copy takes longer than the time until the
#   next one is made, they queue, each copy is older than the one before, and the newest point in the recovery region falls
#   behind day by day, while every job succeeds.
#
#   Told by copy jobs of the last 30 days: how long one that has not ended waits, and how long those that completed took, by
#   the median, against the longest time between two runs of the rule that copies most often. How old the newest copy is by
#   now is for copied-recovery-point-too-old.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
# custom:
#   id: copies-fall-behind
#   severity: medium
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: copy less often, or keep a live replica there where the objective asks for more
#     console: "AWS Backup: Jobs, Copy jobs, of the resource; Backup plans, the plan, the rule, Schedule."
#     cli: aws backup list-copy-jobs --by-resource-arn ARN --by-state RUNNING
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "daily"
#           target_vault_name = aws_backup_vault.NAME.name
#           schedule          = "cron(0 5 * * ? *)"
#
#           copy_action {
#             destination_vault_arn = "ARN of a vault in {{joined.recovery_region|the recovery region}}"
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP03, REL13-BP02]
#     nist-800-53-r5: [CP-6(2), CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1]
package seaworthy.backup.copies_fall_behind

import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.copy_interval_minutes != null
	input.joined.copy_queue != null
}

deny contains finding if {
	age := input.joined.copy_queue.oldest_minutes
	age != null
	age > input.joined.copy_interval_minutes
	finding := {
		"message": sprintf("a copy to the recovery region has waited for %s, and one is made every %s", [
			span(age),
			span(input.joined.copy_interval_minutes),
		]),
		"fact": "joined.copy_queue.oldest_minutes",
		"actual": age,
		"required": input.joined.copy_interval_minutes,
	}
}

deny contains finding if {
	took := input.joined.copy_queue.usual_minutes
	took != null
	took > input.joined.copy_interval_minutes
	finding := {
		"message": sprintf("a copy to the recovery region takes %s, and one is made every %s", [
			span(took),
			span(input.joined.copy_interval_minutes),
		]),
		"fact": "joined.copy_queue.usual_minutes",
		"actual": took,
		"required": input.joined.copy_interval_minutes,
	}
}
