# METADATA
# title: A backup plan copies nothing to another region
# description: |
#   All recovery points that the plan makes stay in the region of its resources and are lost with it. Where backups
#   are the only protection, there is nothing left to restore.
#
#   If a recovery region is configured, a copy must go there, and into the recovery account if that is another one. The
#   vault that is copied to must be there, too. Whether its lock takes the copy is left to backup-rule-refused.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
# custom:
#   id: backup-plan-without-cross-region-copy
#   severity: {default: medium, backup-restore: high, active-active: low}
#   for: [backup-plan]
#   remediation:
#     summary: >-
#       copy_action { destination_vault_arn = … } in a rule, to a vault in
#       {{joined.recovery_region|the recovery region}}
#     console: "AWS Backup: Backup plans, the plan, the rule, Edit, Copy to destination."
#     cli: aws backup update-backup-plan --backup-plan-id ID --backup-plan file://plan.json
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
#     dora: [Art. 11, Art. 12, Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.2(c)]
package seaworthy.backup.backup_plan_without_cross_region_copy

import data.seaworthy.lib.recovery

applies if input.joined.is_recovery_side == false

deny contains finding if {
	input.joined.recovery_region == null
	every copy in input.joined.copy_vaults { copy.region == input.place.region }
	finding := {
		"message": "no rule copies recovery points to another region, at least one is required",
		"fact": "plan.rules",
		"actual": null,
		"required": "a region other than its own",
	}
}

deny contains finding if {
	input.joined.recovery_region != null
	input.joined.in_another_account == false
	every copy in input.joined.copy_vaults { copy.region != input.joined.recovery_region }
	finding := _nothing_there
}

deny contains finding if {
	input.joined.recovery_region != null
	input.joined.in_another_account == true
	every copy in input.joined.copy_vaults { _goes_elsewhere(copy) }
	finding := _nothing_there
}

# What could be a copy goes to a vault that is not there, and nothing else is one.
deny contains finding if {
	input.joined.in_another_account != true
	some gone in input.joined.copy_vaults
	gone.exists == false
	_wanted(gone)
	every copy in input.joined.copy_vaults { _useless(copy) }
	finding := _not_there(gone)
}

# Whose the vault is decides only where the configuration names another account, so that it is asked for only there.
deny contains finding if {
	input.joined.in_another_account == true
	some gone in input.joined.copy_vaults
	gone.exists == false
	_wanted(gone)
	every copy in input.joined.copy_vaults { _useless_abroad(copy) }
	finding := _not_there(gone)
}

# One rule that copies is enough, whatever the others do.
satisfied if {
	some copy in input.joined.copy_vaults
	copy.exists == true
	_wanted(copy)
}

_nothing_there := {
	"message": sprintf("no rule copies recovery points to %s, at least one is required", [recovery.place]),
	"fact": "plan.rules",
	"actual": null,
	"required": recovery.place,
}

_not_there(gone) := {
	"message": sprintf("the vault %s in %s, which is copied to, does not exist", [gone.vault, gone.region]),
	"fact": "joined.copy_vaults",
	"actual": null,
	"required": gone.vault,
}

_goes_elsewhere(copy) if copy.region != input.joined.recovery_region

_goes_elsewhere(copy) if copy.account != input.joined.recovery_account

_wanted(copy) if {
	input.joined.recovery_region == null
	copy.region != input.place.region
}

_wanted(copy) if {
	copy.region == input.joined.recovery_region
	_in_recovery_account(copy)
}

# Whose the vault is counts only where the configuration names another account.
_in_recovery_account(_) if input.joined.in_another_account == false

_in_recovery_account(copy) if copy.account == input.joined.recovery_account

_useless(copy) if copy.exists == false

_useless(copy) if {
	input.joined.recovery_region == null
	copy.region == input.place.region
}

_useless(copy) if {
	input.joined.recovery_region != null
	copy.region != input.joined.recovery_region
}

_useless_abroad(copy) if copy.exists == false

_useless_abroad(copy) if _goes_elsewhere(copy)
