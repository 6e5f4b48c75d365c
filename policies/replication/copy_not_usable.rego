# METADATA
# title: A copy of the data cannot be restored from
# description: |
#   It looks like protection and is none: a snapshot, a recovery point or a replicated backup in another region is in
#   a state in which it cannot be restored, because the copy failed, was only partly made, or has expired. Or a scan
#   found malware in it.
#
#   Live replicas are left to replica-not-healthy, and copies that nobody may open to recovery-point-not-openable.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
# custom:
#   id: copy-not-usable
#   severity: medium
#   for: [stateful]
#   remediation:
#     summary: delete the copy and make it again
#     console: "AWS Backup: Jobs, Copy jobs, the reason of the failed one; then Vaults, the recovery point, Copy."
#     cli: >-
#       aws backup start-copy-job --recovery-point-arn ARN --source-backup-vault-name VAULT
#       --destination-backup-vault-arn ARN --iam-role-arn ARN
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "daily"
#           target_vault_name = "NAME"
#           schedule          = "cron(0 5 * * ? *)"
#
#           copy_action {
#             destination_vault_arn = "ARN of a vault in {{joined.recovery_region|the recovery region}}"
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-6(1), CP-9(3), CP-9(5)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.13]
#     soc2: [A1.2, CC9.1]
#     hipaa: [164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B)]
#     dora: [Art. 11, Art. 12, Art. 12(2), Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.2(c), CIR 4.2.2(e)]
package seaworthy.replication.copy_not_usable

import data.seaworthy.lib.copy.closed
import data.seaworthy.lib.text.state
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

# Of copies that nobody has found, no-cross-region-copy says so.
arises if {
	some copy in input.joined.copies
	not _is_live(copy)
}

deny contains finding if {
	some copy in input.joined.copies
	copy.mechanism in _stored
	copy.usable == false
	not closed(copy)
	finding := {
		"message": sprintf(
			"its %s in %s cannot be restored from: its state is %s",
			[replace(copy.mechanism, "-", " "), copy.region, state(copy.state)],
		),
		"fact": "joined.copies",
		"actual": copy.state,
		"required": "available",
		"details": {"copy": copy.id},
	}
}

_stored := {"automated-backup", "recovery-point", "snapshot"}

_is_live(copy) if copy.mechanism in _live

_live := {"copy-action", "global-cluster", "global-datastore", "provider-replica", "replica"}
