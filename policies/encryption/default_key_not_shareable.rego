# METADATA
# title: A default key keeps the data from being shared with the recovery account
# description: |
#   A snapshot under a key that AWS manages can neither be shared with nor copied to the account where the resource is
#   to come back. The policy of such a key cannot be changed.
#
#   Tables and file systems are not judged: AWS Backup encrypts what it keeps of them with the key of the vault,
#   whatever their own key is.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/share-encrypted-snapshot.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
# custom:
#   id: default-key-not-shareable
#   severity: critical
#   blocker: true
#   for: [database]
#   remediation:
#     summary: kms_key_id of a customer-managed key
#     console: Copy a snapshot under a customer-managed key that the recovery account may use, and restore from it.
#     cli: >-
#       aws rds copy-db-snapshot --source-db-snapshot-identifier NAME --target-db-snapshot-identifier NAME-copy
#       --kms-key-id KEY_ID
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         storage_encrypted = true
#         kms_key_id        = aws_kms_key.NAME.arn
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12, Art. 12(2)]
#     nis2: [CIR 4.2, CIR 4.2.2(e)]
package seaworthy.encryption.default_key_not_shareable

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.in_another_account == true
}

deny contains finding if {
	some key in input.joined.keys
	key.manager == "provider"
	finding := {
		"message": sprintf(
			"its key %s is managed by AWS, account %s requires one that can be shared",
			[key.id, input.joined.recovery_account],
		),
		"fact": "joined.keys",
		"actual": "provider",
		"required": "customer",
	}
}
