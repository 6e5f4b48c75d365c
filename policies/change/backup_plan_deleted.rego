# METADATA
# title: The change deletes a backup plan
# description: |
#   Nothing that the plan selected is backed up any more, and nobody who looks at those resources sees it: they do
#   not name the plan. The recovery points so far expire one after the other.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-a-backup-plan.html
# custom:
#   id: backup-plan-deleted
#   severity: high
#   for: [backup-plan]
#   change: true
#   remediation:
#     summary: the plan as before, until another one selects the same resources
#     console: Make the new plan first, and remove the old one in a change of its own.
#     cli: aws backup list-backup-selections --backup-plan-id ID
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
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1]
package seaworthy.change.backup_plan_deleted

applies if input.change.action in {"delete", "replace", "update"}

deny contains finding if {
	input.change.action == "delete"
	finding := {
		"message": "the backup plan is deleted, what it selects requires one",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}
}
