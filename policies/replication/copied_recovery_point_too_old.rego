# METADATA
# title: The newest copy in the recovery region is older than the recovery point objective
# description: |
#   If the region is lost now, everything since the newest copy is lost with it, which is more than the application
#   may lose. Copies of continuous backups are plain snapshots: in the recovery region only the schedule counts,
#   however finely the source could be restored.
#
#   The recovery point objective of the application is required; without one, the parameter. Without an objective a
#   live replica that works in the recovery region is as good as a new copy; with one, its lag has to be measured, and
#   where it is not, the verdict is unknown. Where the pattern is another than backup and restore, a live replica is what
#   is failed over to, and replication-lag-exceeds-objective judges it. Where there is no copy at all, no-cross-region-copy
#   says so, and where a scan found malware in one, newest-clean-point-too-old how old the newest of the others is.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/plan-for-disaster-recovery-dr.html
# custom:
#   id: copied-recovery-point-too-old
#   severity: {default: high, backup-restore: critical, pilot-light: medium, warm-standby: medium, active-active: medium}
#   for: [stateful]
#   parameters:
#     max_minutes:
#       default: 1440
#       description: age in minutes that is allowed where no objective says so
#   remediation:
#     summary: a schedule that copies at least every {{required|parameters.max_minutes}} minutes
#     console: >-
#       AWS Backup: Backup plans, the plan, the rule, Schedule: at least every {{required|parameters.max_minutes}}
#       minutes.
#     cli: aws backup update-backup-plan --backup-plan-id ID --backup-plan file://plan.json
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "hourly"
#           target_vault_name = "NAME"
#           schedule          = "cron(0 * * * ? *)"
#
#           copy_action {
#             destination_vault_arn = "ARN of a vault in {{joined.recovery_region|the recovery region}}"
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP03, REL13-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6(2), CP-9(5)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 12, Art. 12(6), RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1.2(f), CIR 4.2]
package seaworthy.replication.copied_recovery_point_too_old

import data.seaworthy.lib.copy.counts
import data.seaworthy.lib.copy.infected
import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	_has_a_copy
	_is_restored
}

# By scans, a newer one is lost: newest-clean-point-too-old says so.
arises if {
	every copy in input.joined.copies { not infected(copy) }
}

_has_a_copy if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
}

_is_restored if input.joined.pattern == "backup-restore"

_is_restored if input.joined.rpo_minutes == null

_is_restored if {
	every copy in input.joined.copies { not _is_failed_over_to(copy) }
}

_is_failed_over_to(copy) if {
	copy.age_minutes == null
	copy.usable == true
	counts(copy)
}

deny contains finding if {
	not satisfied
	age := min(_ages)
	age > _required
	finding := {
		"message": sprintf(
			"the newest copy of its data is %s old, at most %s are allowed",
			[span(age), span(_required)],
		),
		"fact": "joined.copies",
		"actual": age,
		"required": _required,
	}
}

# One copy that is new enough is enough, wherever else the search was not complete.
satisfied if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
	_new_enough(copy)
}

satisfied if {
	some lag in input.joined.lags
	lag.usable == true
	counts(lag)
	_minutes(lag) <= _required
}

_new_enough(copy) if {
	copy.age_minutes != null
	copy.age_minutes <= _required
}

# A live replica follows within a day. How it stands against an objective, only a measured lag tells.
_new_enough(copy) if {
	copy.age_minutes == null
	input.joined.rpo_minutes == null
}

_minutes(lag) := ceil(lag.seconds / 60) if lag.stopped == false

_required := input.joined.rpo_minutes if input.joined.rpo_minutes != null

_required := data.parameters["copied-recovery-point-too-old"].max_minutes if input.joined.rpo_minutes == null

# Bound in the body: regorus' interpreter loses the others where one in the head is undefined.
_ages contains minutes if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
	minutes := copy.age_minutes
	minutes != null
}

_ages contains minutes if {
	some lag in input.joined.lags
	lag.usable == true
	counts(lag)
	minutes := _minutes(lag)
}
