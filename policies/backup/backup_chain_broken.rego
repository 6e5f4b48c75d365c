# METADATA
# title: The way from the backup plan to the recovery region is broken
# description: |
#   A plan that selects a resource and copies to another region is a promise. It is kept only if every link holds: the
#   service is switched on for the type, the vault there exists, its lock takes what is copied and its policy lets it in, its
#   key can be used, a recovery point lies there in which no scan found malware, and somebody there may restore from it. One
#   link that does not hold, and there is nothing to restore.
#
#   Of several plans and rules, the one counts that holds furthest. A resource that no plan copies to the recovery region
#   is for no-cross-region-copy, one whose copies are too old for copied-recovery-point-too-old, and one that nobody ever
#   restored for restore-not-tested; one whose last way is shut for recovery-point-not-openable. Under code alone whether a
#   recovery point came to be is not asked: that only the running estate tells.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: backup-chain-broken
#   severity:
#     default: medium
#     backup-restore: high
#   for: [stateful]
#   remediation:
#     summary: mend the link that the message names
#     console: "AWS Backup in the recovery region: Vaults, the vault; Jobs, Copy jobs for why copies fail."
#     cli: aws backup list-copy-jobs --by-state FAILED --by-resource-arn ARN
#     terraform: |
#       resource "aws_backup_vault" "RECOVERY" {
#         provider    = aws.recovery
#         name        = "recovery"
#         kms_key_arn = aws_kms_key.RECOVERY.arn
#       }
#
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "daily"
#           target_vault_name = aws_backup_vault.NAME.name
#           schedule          = "cron(0 5 * * ? *)"
#
#           copy_action {
#             destination_vault_arn = aws_backup_vault.RECOVERY.arn
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1, CIR 4.2.2(b)]
package seaworthy.backup.backup_chain_broken

import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	input.joined.backup_chain != null
}

deny contains finding if {
	some number, link in _chain
	link.holds == false
	link.what != "shut"
	before := array.slice(_chain, 0, number)
	every earlier in before { earlier.holds == true }
	way := concat(" ▸ ", array.concat([input.name], [earlier.label | some earlier in before]))
	finding := {
		"message": sprintf("%s ▸ ✗ %s: %s, where one that holds is required", [way, link.label, link.why]),
		"fact": "joined.backup_chain",
		"actual": link.why,
		"required": "one that holds",
		"details": {"link": link.what},
	}
}

_chain := input.joined.backup_chain if input.joined.backup_chain != null
