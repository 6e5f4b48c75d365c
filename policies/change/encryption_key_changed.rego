# METADATA
# title: The change encrypts data with another key
# description: |
#   Backups, snapshots and copies from before stay under the old key: both keys are needed from now on, in both
#   regions. The new one needs a counterpart in the recovery region, a policy for those who restore, and for some
#   services the change is a replacement.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   id: encryption-key-changed
#   severity: medium
#   for: [stateful]
#   change: true
#   remediation:
#     summary: keep the old key for as long as backups under it are kept
#     console: "KMS: check the new key, its policy and its replica in the recovery region."
#     cli: aws kms describe-key --region RECOVERY_REGION --key-id alias/NAME
#     terraform: |
#       resource "aws_kms_replica_key" "NAME" {
#         provider        = aws.recovery
#         primary_key_arn = aws_kms_key.NAME.arn
#       }
#
#       resource "aws_kms_alias" "NAME" {
#         provider      = aws.recovery
#         name          = "alias/NAME"
#         target_key_id = aws_kms_replica_key.NAME.key_id
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12]
#     nis2: [CIR 4.2]
package seaworthy.change.encryption_key_changed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.change.was_not_a_member

applies if {
	kept
	was_not_a_member
	input.before.encryption.key != null
}

deny contains finding if {
	input.encryption.key != input.before.encryption.key
	finding := {
		"message": sprintf("its key is %v, before the change it was %s", [input.encryption.key, input.before.encryption.key]),
		"fact": "encryption.key",
		"actual": input.encryption.key,
		"required": input.before.encryption.key,
	}
}
