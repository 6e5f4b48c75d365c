# METADATA
# title: The recovery account does not get at a logically air-gapped vault
# description: |
#   The copies in it are safe, and nobody restores from them: a logically air-gapped vault is open to its own account only,
#   until it is shared with others by a resource share, or a team for multi-party approval can give them access. Where its
#   account is lost as well, or was taken over, that can no longer be made up for.
#
#   Asked where another account is to restore in the region of the vault: the to-account of a recovery pair, or the account
#   of what lies in the vault. A share with an organization or a unit of it is unknown: which accounts it has is not read
#   here.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/multipartyapproval.html
# custom:
#   id: air-gapped-vault-not-shared
#   severity: high
#   for: [vault]
#   remediation:
#     summary: share the vault with the recovery account, and accept the share there
#     console: "Resource Access Manager in the region of the vault: Create resource share, Backup vaults, the account."
#     cli: aws ram create-resource-share --name NAME --resource-arns VAULT_ARN --principals ACCOUNT
#     terraform: |
#       resource "aws_ram_resource_share" "NAME" {
#         name                      = "NAME"
#         allow_external_principals = true
#       }
#
#       resource "aws_ram_resource_association" "NAME" {
#         resource_arn       = aws_backup_logically_air_gapped_vault.NAME.arn
#         resource_share_arn = aws_ram_resource_share.NAME.arn
#       }
#
#       resource "aws_ram_principal_association" "NAME" {
#         principal          = "ACCOUNT"
#         resource_share_arn = aws_ram_resource_share.NAME.arn
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9(8), CP-10]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 11, Art. 12]
#     nis2: [Art. 21(2)(c), CIR 4.2]
package seaworthy.backup.air_gapped_vault_not_shared

applies if input.joined.unshared_with != null

deny contains finding if {
	some account in _accounts
	finding := {
		"message": sprintf("account %s does not get at it, by a resource share or a team that approves it", [account]),
		"fact": "joined.unshared_with",
		"actual": account,
		"required": "shared",
	}
}

_accounts := input.joined.unshared_with if input.joined.unshared_with != null
