# METADATA
# title: The newest recovery point without malware is older than the recovery point objective
# description: |
#   A scan found malware in newer copies, and what is restored is the newest one in which it found none. Everything since
#   that one is lost with the region, which is more than the application may lose, though the newest copy is young enough.
#
#   Asked where a copy is infected and another in the recovery region can be used; copied-recovery-point-too-old, which goes
#   by all copies, is not asked there. Where none is clean, backup-chain-broken and copy-not-usable say so. A recovery point
#   that was never scanned counts as clean: nobody found anything in it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/malware-protection.html
# custom:
#   id: newest-clean-point-too-old
#   severity: {default: high, backup-restore: critical, pilot-light: medium, warm-standby: medium, active-active: medium}
#   for: [stateful]
#   parameters:
#     max_minutes:
#       default: 1440
#       description: age in minutes that is allowed where no objective says so
#   remediation:
#     summary: clean what is infected, take and copy a recovery point, and scan it
#     console: "AWS Backup: Vaults, the vault, the recovery point: Scan results; then Create on-demand backup."
#     cli: aws backup list-scan-jobs --by-resource-arn ARN
#     terraform: |
#       resource "aws_guardduty_detector" "NAME" {
#         enable = true
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP01]
#     nist-800-53-r5: [CP-6(2), CP-9(1)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 12, Art. 12(6)]
#     nis2: [CIR 4.2]
package seaworthy.backup.newest_clean_point_too_old

import data.seaworthy.lib.copy.counts
import data.seaworthy.lib.copy.infected
import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	_has_a_clean_one
}

arises if {
	some copy in input.joined.copies
	infected(copy)
}

_has_a_clean_one if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
}

deny contains finding if {
	not satisfied
	age := min(_ages)
	age > _required
	finding := {
		"message": sprintf("the newest copy without malware is %s old, at most %s are allowed", [span(age), span(_required)]),
		"fact": "joined.copies",
		"actual": age,
		"required": _required,
	}
}

# One that is new enough is enough, and a live replica is another way.
satisfied if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
	_new_enough(copy)
}

_new_enough(copy) if copy.age_minutes == null

_new_enough(copy) if copy.age_minutes <= _required

_required := input.joined.rpo_minutes if input.joined.rpo_minutes != null

_required := data.parameters["newest-clean-point-too-old"].max_minutes if input.joined.rpo_minutes == null

_ages contains minutes if {
	some copy in input.joined.copies
	copy.usable == true
	counts(copy)
	minutes := copy.age_minutes
	minutes != null
}
