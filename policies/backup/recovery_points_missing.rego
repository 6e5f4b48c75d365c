# METADATA
# title: Recovery points are missing that the schedule promises
# description: |
#   The newest recovery point may be fresh, and the one from before the fault that somebody finds on Monday not there: jobs
#   that failed or never started leave holes that no look at the newest point shows. Between two recovery points in the
#   vault of the recovery region there may be as much time as the schedule and the start window of its rule allow for, and
#   no more.
#
#   Judged since the oldest recovery point that is there: what the plan was to do before, nobody can tell from the outside.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/monitoring.html
# custom:
#   id: recovery-points-missing
#   severity: medium
#   for: [stateful]
#   remediation:
#     summary: find out why the jobs of that time failed, and have failures of backup and copy jobs announced
#     console: "AWS Backup: Jobs, Backup jobs and Copy jobs, of the time without recovery points."
#     cli: aws backup list-copy-jobs --by-resource-arn ARN --by-created-after DATE --by-created-before DATE
#     terraform: |
#       resource "aws_backup_vault_notifications" "NAME" {
#         backup_vault_name   = aws_backup_vault.NAME.name
#         sns_topic_arn       = aws_sns_topic.NAME.arn
#         backup_vault_events = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED"]
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1, CIR 4.2.2(b)]
package seaworthy.backup.recovery_points_missing

import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	input.joined.point_gap != null
}

deny contains finding if {
	gap := input.joined.point_gap
	gap.minutes > gap.promised_minutes
	finding := {
		"message": sprintf("no recovery point in the recovery region %s: %s, at most %s are allowed for", [
			_when(gap),
			span(gap.minutes),
			span(gap.promised_minutes),
		]),
		"fact": "joined.point_gap.minutes",
		"actual": gap.minutes,
		"required": gap.promised_minutes,
	}
}

_when(gap) := sprintf("between %s and %s", [_moment(gap.from), _moment(gap.to)]) if gap.to != null

_when(gap) := sprintf("since %s", [_moment(gap.from)]) if gap.to == null

_moment(text) := replace(substring(text, 0, 16), "T", " ")
