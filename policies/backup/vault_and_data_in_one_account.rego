# METADATA
# title: All copies of the data are in the account of the data
# description: |
#   Whoever takes over the account, or deletes by mistake with its administrator's rights, gets at the data and at every copy
#   of it. A copy in another account, or in a logically air-gapped vault, which the service keeps apart from its account,
#   is out of that reach. A region that is lost takes no account with it: it is another way to lose everything.
#
#   Judged is what is known to be there: recovery points, replicas, copy jobs that completed. What a plan of the running
#   estate copies to where nobody looked is unknown; what code declares counts by design. Where there is no copy at all,
#   backup-disabled and no-cross-region-copy say so.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
# custom:
#   id: vault-and-data-in-one-account
#   severity: {default: low, backup-restore: medium}
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: a copy action to a vault of another account, or a logically air-gapped vault
#     console: "AWS Backup: Backup plans, the plan, the rule, Copy to destination: another account's vault."
#     cli: aws backup update-backup-plan --backup-plan-id ID --backup-plan file://plan.json
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
#             destination_vault_arn = "ARN of a vault in another account"
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-6, CP-9(8)]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.2(c)]
package seaworthy.backup.vault_and_data_in_one_account

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.beyond_account != null
}

deny contains finding if {
	input.joined.beyond_account == false
	finding := {
		"message": "all copies of its data are in its own account, one in another account or an air-gapped vault is required",
		"fact": "joined.beyond_account",
		"actual": false,
		"required": true,
	}
}
