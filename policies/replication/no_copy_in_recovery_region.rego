# METADATA
# title: Copies of the data exist, but none in the recovery region
# description: |
#   Recovery has nothing to start from in the place where the application is to come back. There is a copy outside the
#   region, but it is in another region, or in another account than the one that takes over.
#
#   Where no copy is usable anywhere, no-cross-region-copy says so.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
# custom:
#   id: no-copy-in-recovery-region
#   severity: critical
#   blocker: true
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: a copy_action to a vault in {{joined.recovery_region|the recovery region}} and account
#     console: >-
#       AWS Backup: Backup plans, the plan, the rule, Copy to destination: a vault in
#       {{joined.recovery_region|the recovery region}}.
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
package seaworthy.replication.no_copy_in_recovery_region

import data.seaworthy.lib.copy.closed
import data.seaworthy.lib.recovery
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.recovery_region != null
}

# Of copies that nobody has found, no-cross-region-copy says so.
arises if {
	some copy in input.joined.copies
	not copy.usable == false
}

deny contains finding if {
	every copy in input.joined.copies { _in_another_region(copy) }
	finding := {
		"message": sprintf(
			"its copies are in %s, none that is usable in %s, where one is required",
			[concat(", ", _regions), recovery.place],
		),
		"fact": "joined.copies",
		"actual": sort(_regions),
		"required": recovery.place,
	}
}

# The region is right, and so the account is not.
deny contains finding if {
	every copy in input.joined.copies { _not_there(copy) }
	accounts := sort({copy.account | some copy in input.joined.copies; _in_another_account(copy)})
	accounts != []
	finding := {
		"message": sprintf("its copies in %s are in account %s, one that is usable is required in account %s", [
			input.joined.recovery_region,
			concat(", ", accounts),
			input.joined.recovery_account,
		]),
		"fact": "joined.copies",
		"actual": accounts,
		"required": input.joined.recovery_account,
	}
}

# One usable copy there is enough, wherever else the search was not complete.
satisfied if {
	some copy in input.joined.copies
	copy.in_recovery_place == true
	copy.usable == true
}

_not_there(copy) if copy.in_recovery_place == false

_not_there(copy) if _lost(copy)

_in_another_region(copy) if copy.region != input.joined.recovery_region

_in_another_region(copy) if _lost(copy)

# Of one that is there and that nobody may open, recovery-point-not-openable says so.
_lost(copy) if {
	copy.usable == false
	not closed(copy)
}

_in_another_account(copy) if {
	copy.region == input.joined.recovery_region
	copy.usable == true
}

_regions := {copy.region | some copy in input.joined.copies}
