# METADATA
# title: The change deletes a key
# description: |
#   From then on the key cannot be used, and when the window ends, everything that is encrypted with it is lost for
#   good: also old snapshots, copies in vaults and exports that are in no plan. Terraform deletes a key when its
#   block or its module is removed.
#
#   Replicas of multi-region keys are left to key-replica-removed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: key-deleted
#   severity: high
#   for: [key]
#   change: true
#   remediation:
#     summary: the key as before; disable it first, and delete it when nothing asks for it any more
#     console: "KMS: the key, Key actions, Disable; watch CloudTrail for refused calls before it is deleted."
#     cli: aws kms disable-key --key-id KEY_ID
#     terraform: |
#       resource "aws_kms_key" "NAME" {
#         is_enabled = false # for some weeks, before it is removed
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12]
#     nis2: [CIR 4.2]
package seaworthy.change.key_deleted

import data.seaworthy.lib.change.destroyed

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.before.key.primary == null
}

deny contains finding if {
	destroyed
	finding := {
		"message": sprintf("a %s destroys the key, what it encrypts requires it", [input.change.action]),
		"fact": "change.action",
		"actual": input.change.action,
		"required": "no-op",
	}
}
