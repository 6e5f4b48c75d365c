# METADATA
# title: The change removes or weakens the lock of a backup vault
# description: |
#   The lock is what keeps recovery points from being deleted by whoever has taken over the account. A change that
#   removes it, makes it hold for a shorter time, or turns it into one that can be taken off at any time (governance
#   mode), is what an attacker does first.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: vault-lock-removed
#   severity: high
#   for: [vault]
#   change: true
#   remediation:
#     summary: the aws_backup_vault_lock_configuration, as before
#     console: "AWS Backup: Vaults, the vault, Vault lock."
#     cli: aws backup put-backup-vault-lock-configuration --backup-vault-name NAME --min-retention-days DAYS
#     terraform: |
#       resource "aws_backup_vault_lock_configuration" "NAME" {
#         backup_vault_name   = aws_backup_vault.NAME.name
#         min_retention_days  = 7
#         changeable_for_days = 3
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(3)]
#     nis2: [CIR 4.2, CIR 4.2.2(d)]
package seaworthy.change.vault_lock_removed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.text.days

applies if {
	kept
	input.before.protection.locked == true
}

deny contains finding if {
	input.protection.locked == false
	finding := {
		"message": "the vault is no longer locked, before the change it was",
		"fact": "protection.locked",
		"actual": false,
		"required": true,
	}
}

deny contains finding if {
	input.protection.locked == true
	input.protection.lock_mode == "governance"
	input.before.protection.lock_mode == "compliance"
	finding := {
		"message": "the lock can be taken off at any time (governance mode), before the change it could not",
		"fact": "protection.lock_mode",
		"actual": "governance",
		"required": "compliance",
	}
}

deny contains finding if {
	input.protection.locked == true
	least := _days(input.protection.lock_min_days)
	before := _days(input.before.protection.lock_min_days)
	least < before
	finding := {
		"message": sprintf("the lock holds recovery points for %s, before the change it was %d", [days(least), before]),
		"fact": "protection.lock_min_days",
		"actual": least,
		"required": before,
	}
}

_days(known) := 0 if known == null

_days(known) := known if known != null
