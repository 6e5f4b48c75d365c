# METADATA
# title: Data is encrypted with a key that cannot be used
# description: |
#   Data under a key that cannot be used cannot be backed up, copied or restored any more, and if the key is deleted,
#   it is lost with every backup of it. The key of this resource is disabled, waits for its deletion or its material,
#   or is out of reach.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/unusable-kms-keys.html
# custom:
#   id: data-key-not-usable
#   severity: critical
#   blocker: true
#   for: [stateful]
#   remediation:
#     summary: enable the key, or cancel its deletion
#     console: "KMS: Customer managed keys, the key, Key actions, Cancel key deletion or Enable."
#     cli: aws kms cancel-key-deletion --key-id KEY_ID && aws kms enable-key --key-id KEY_ID
#     terraform: |
#       resource "aws_kms_key" "NAME" {
#         is_enabled = true
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12, Art. 12(2)]
#     nis2: [CIR 4.2, CIR 4.2.2(e)]
package seaworthy.encryption.data_key_not_usable

import data.seaworthy.lib.text.state
import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	input.encryption.enabled == true
}

deny contains finding if {
	some key in input.joined.keys
	key.usable == false
	finding := {
		"message": sprintf("its key %s is %s, it is required to be enabled", [key.id, state(key.state)]),
		"fact": "joined.keys",
		"actual": key.state,
		"required": "enabled",
	}
}
