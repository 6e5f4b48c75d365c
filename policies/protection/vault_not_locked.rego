# METADATA
# title: Recovery points in a backup vault can be deleted before their time
# description: |
#   Whoever gets the rights of an administrator can delete the backups first and the data then; that is what
#   ransomware does. A lock of the vault keeps every recovery point for its retention, whatever anybody asks for.
#
#   That holds in compliance mode only. Without a lock date, and before it, the lock is in governance mode: whoever has
#   the right to takes it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: vault-not-locked
#   severity: low
#   for: [vault]
#   remediation:
#     summary: aws_backup_vault_lock_configuration on the vault
#     console: "AWS Backup: Vaults, the vault, Vault lock, Create vault lock."
#     cli: >-
#       aws backup put-backup-vault-lock-configuration --backup-vault-name NAME --min-retention-days 7
#       --changeable-for-days 3
#     terraform: |
#       resource "aws_backup_vault_lock_configuration" "NAME" {
#         backup_vault_name   = aws_backup_vault.NAME.name
#         min_retention_days  = 7
#         changeable_for_days = 3
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9, CP-9(8)]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(3)]
#     nis2: [CIR 4.2, CIR 4.2.2(d)]
package seaworthy.protection.vault_not_locked

deny contains finding if {
	input.protection.locked == false
	finding := {
		"message": "the vault is not locked, it is required to be",
		"fact": "protection.locked",
		"actual": false,
		"required": true,
	}
}

deny contains finding if {
	input.protection.locked == true
	input.protection.lock_mode == "governance"
	finding := {
		"message": "the lock is in governance mode and can be taken off, compliance mode is required",
		"fact": "protection.lock_mode",
		"actual": "governance",
		"required": "compliance",
	}
}
