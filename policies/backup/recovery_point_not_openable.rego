# METADATA
# title: Nobody in the recovery account may open the copies of the data
# description: |
#   A copy is there, clean and new enough, and on the day nobody gets at it: the policy of the vault denies the restore, or
#   the policy of the key gives nobody in the account that takes over the use of it. Who wrote such a policy to keep an
#   attacker out is often kept out as well, and the one who could change it may be gone with the region.
#
#   Asked is the recovery account as a whole, or the role of restore-role in the configuration. The policies of vaults and
#   keys and the grants of keys decide; what an identity may do besides, they do not tell. One copy that opens, or a live
#   replica, is enough: where another way is left, backup-chain-broken names the one that is shut.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
# custom:
#   id: recovery-point-not-openable
#   severity: critical
#   blocker: true
#   for: [stateful]
#   remediation:
#     summary: leave the restore out of what the statement denies, or give the key to the account
#     console: "AWS Backup in the recovery region: Vaults, the vault, Access policy. KMS: the key, Key policy."
#     cli: aws backup put-backup-vault-access-policy --backup-vault-name VAULT --policy file://policy.json
#     terraform: |
#       resource "aws_backup_vault_policy" "NAME" {
#         backup_vault_name = aws_backup_vault.NAME.name
#         policy = jsonencode({
#           Version = "2012-10-17"
#           Statement = [{
#             Effect    = "Deny"
#             Principal = "*"
#             Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
#             Resource  = "*"
#           }]
#         })
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL09-BP04, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9(8), CP-10]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 11, Art. 12]
#     nis2: [Art. 21(2)(c), CIR 4.2]
package seaworthy.backup.recovery_point_not_openable

import data.seaworthy.lib.copy.closed
import data.seaworthy.lib.recovery
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.recovery_region != null
}

# Of copies that nobody has found, no-copy-in-recovery-region says so.
arises if {
	some copy in input.joined.copies
	copy.opening != null
}

deny contains finding if {
	not satisfied
	some copy in input.joined.copies
	closed(copy)
	finding := {
		"message": sprintf("none of the copies in %s can be opened: %s, where one that opens is required", [
			recovery.place,
			copy.opening.why,
		]),
		"fact": "joined.copies",
		"actual": copy.opening.why,
		"required": "one that opens",
		"details": {"by": copy.opening.by, "statement": copy.opening.statement},
	}
}

satisfied if {
	some copy in input.joined.copies
	copy.in_recovery_place == true
	copy.usable == true
	_open(copy)
}

# A live replica needs nobody to open it.
_open(copy) if copy.opening == null

_open(copy) if copy.opening.opens == true
