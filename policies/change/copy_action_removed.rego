# METADATA
# title: The change ends the copying of recovery points
# description: |
#   Copies so far expire one after the other, and then there is nothing left in the other region or account. A rule of
#   the plan no longer copies to a vault that it copied to, or no longer writes to an air-gapped vault; or a
#   warehouse no longer copies its snapshots to a region.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
# custom:
#   id: copy-action-removed
#   severity: high
#   for: [backup-plan, aws.redshift.cluster]
#   change: true
#   remediation:
#     summary: the copy_action to that vault, as before
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
package seaworthy.change.copy_action_removed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if kept

deny contains finding if {
	class == "backup-plan"
	input.kind != "aws.dlm.policy"
	some old in input.before.plan.rules
	some removed in old.copies
	every rule in input.plan.rules {
		every copy in rule.copies { copy.vault != removed.vault }
	}
	finding := {
		"message": sprintf("nothing is copied to %s any more, before the change rule %s did", [removed.vault, old.name]),
		"fact": "plan.rules",
		"actual": null,
		"required": removed.vault,
	}
}

# A policy of volumes has no vaults, and copies to regions.
deny contains finding if {
	input.kind == "aws.dlm.policy"
	some old in input.before.plan.rules
	some removed in old.copies
	every rule in input.plan.rules {
		every copy in rule.copies { copy.region != removed.region }
	}
	finding := {
		"message": sprintf("nothing is copied to %s any more, before the change rule %s did", [removed.region, old.name]),
		"fact": "plan.rules",
		"actual": null,
		"required": removed.region,
	}
}

deny contains finding if {
	class == "backup-plan"
	some old in input.before.plan.rules
	old.air_gapped_vault != null
	every rule in input.plan.rules {
		rule.air_gapped_vault != old.air_gapped_vault
		every copy in rule.copies { copy.vault != old.air_gapped_vault }
	}
	finding := {
		"message": sprintf("nothing reaches the air-gapped vault %s any more, before the change rule %s did", [
			old.air_gapped_vault,
			old.name,
		]),
		"fact": "plan.rules",
		"actual": null,
		"required": old.air_gapped_vault,
	}
}

# A warehouse copies its snapshots by itself.
deny contains finding if {
	input.kind == "aws.redshift.cluster"
	some removed in input.before.backup.copied_to
	every copy in input.backup.copied_to { copy.region != removed.region }
	finding := {
		"message": sprintf("its snapshots are not copied to %s any more, before the change they were", [removed.region]),
		"fact": "backup.copied_to",
		"actual": null,
		"required": removed.region,
	}
}
