# METADATA
# title: A key cannot be used
# description: |
#   Nothing that is encrypted with a key can be read, restored or copied while the key is disabled, waits for its
#   material or is out of reach. A database whose key is disabled stops, and cannot be started again after a few
#   days.
#
#   Keys that wait for their deletion are left to key-pending-deletion. A key that was switched off and that nothing
#   of what was collected uses is not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
# custom:
#   id: key-not-usable
#   severity: high
#   for: [key]
#   remediation:
#     summary: enable the key
#     console: "KMS: Customer managed keys, the key, Key actions, Enable."
#     cli: aws kms enable-key --key-id KEY_ID
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
package seaworthy.encryption.key_not_usable

import data.seaworthy.lib.text.state

applies if {
	input.key.manager == "customer"
	not _is_being_deleted
	_matters
}

_is_being_deleted if input.status.state in {"pendingdeletion", "pendingreplicadeletion"}

_matters if input.status.healthy == true

_matters if input.joined.unused == false

deny contains finding if {
	input.status.healthy == false
	finding := {
		"message": sprintf("the key is %s, it is required to be enabled", [state(input.status.state)]),
		"fact": "status.state",
		"actual": input.status.state,
		"required": "enabled",
	}
}
