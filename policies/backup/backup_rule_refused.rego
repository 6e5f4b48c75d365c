# METADATA
# title: A rule of a backup plan writes to a vault that does not take it
# description: |
#   Every backup or copy of the rule fails, and nobody notices until one is needed: the vault does not exist, or its
#   lock asks for a retention that the rule does not keep to. A job whose retention is shorter than the least or longer
#   than the greatest of the lock is refused.
#
#   A copy without a retention of its own keeps the expiry of what it is a copy of.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: backup-rule-refused
#   severity: high
#   for: [backup-plan]
#   remediation:
#     summary: a vault that exists, and lifecycle { delete_after = … } within what its lock takes
#     console: "AWS Backup: Backup plans, the plan, the rule, Edit, Retention period and Copy to destination."
#     cli: aws backup update-backup-plan --backup-plan-id ID --backup-plan file://plan.json
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "daily"
#           target_vault_name = aws_backup_vault.NAME.name
#
#           lifecycle {
#             delete_after = 35
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9, CP-9(3)]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1]
package seaworthy.backup.backup_rule_refused

deny contains finding if {
	some vault in input.joined.vaults
	finding := _missing(vault)
}

deny contains finding if {
	some vault in input.joined.copy_vaults
	finding := _missing(vault)
}

deny contains finding if {
	some vault in input.joined.vaults
	finding := _too_short(vault)
}

deny contains finding if {
	some vault in input.joined.copy_vaults
	finding := _too_short(vault)
}

deny contains finding if {
	some vault in input.joined.vaults
	finding := _too_long(vault)
}

deny contains finding if {
	some vault in input.joined.copy_vaults
	finding := _too_long(vault)
}

_missing(vault) := {
	"message": sprintf("rule %s writes to %s, which does not exist", [vault.rule, vault.vault]),
	"fact": "plan.rules",
	"actual": vault.vault,
	"required": "a vault that exists",
} if {
	vault.exists == false
}

_too_short(vault) := {
	"message": sprintf("the lock of %s asks for at least %d days, rule %s keeps %d", [
		vault.vault,
		vault.lock_min_days,
		vault.rule,
		vault.delete_after_days,
	]),
	"fact": "plan.rules",
	"actual": vault.delete_after_days,
	"required": vault.lock_min_days,
} if {
	vault.lock_min_days != null
	vault.delete_after_days != null
	vault.delete_after_days < vault.lock_min_days
}

_too_long(vault) := {
	"message": sprintf("the lock of %s takes at most %d days, rule %s asks for more", [
		vault.vault,
		vault.lock_max_days,
		vault.rule,
	]),
	"fact": "plan.rules",
	"actual": vault.delete_after_days,
	"required": vault.lock_max_days,
} if {
	vault.lock_max_days != null
	_longer(vault.delete_after_days, vault.lock_max_days)
}

_longer(days, _) if days == null

_longer(days, max) if days > max
