# METADATA
# title: The change deletes the replica of a key in another region
# description: |
#   Everything in that region that is encrypted with the replica (copies, replicas, secrets) becomes unreadable: at
#   once, for a key that waits for its deletion cannot be used, and for good when the window ends. The key in the
#   source region does not help.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html
# custom:
#   id: key-replica-removed
#   severity: critical
#   for: [key]
#   change: true
#   remediation:
#     summary: the aws_kms_replica_key, as before
#     console: Leave it. First encrypt what is in that region with another key.
#     cli: aws kms cancel-key-deletion --region RECOVERY_REGION --key-id KEY_ID
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
package seaworthy.change.key_replica_removed

import data.seaworthy.lib.change.destroyed

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.before.key.primary != null
}

deny contains finding if {
	destroyed
	finding := {
		"message": sprintf("a %s destroys the key replica, what it encrypts requires it", [input.change.action]),
		"fact": "change.action",
		"actual": input.change.action,
		"required": "no-op",
	}
}
