# METADATA
# title: A key is scheduled for deletion
# description: |
#   When the waiting time ends, everything that is encrypted with the key is lost for good: databases, snapshots,
#   copies in vaults, and backups of backups. There is no way to get a deleted key back.
#
#   Every customer-managed key is judged, whether something collected uses it or not: old snapshots and data outside
#   of AWS may. What uses such a key is named by data-key-not-usable.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: key-pending-deletion
#   severity: critical
#   for: [key]
#   remediation:
#     summary: cancel the deletion, then enable the key
#     console: "KMS: Customer managed keys, the key, Key actions, Cancel key deletion; then Enable."
#     cli: aws kms cancel-key-deletion --key-id KEY_ID && aws kms enable-key --key-id KEY_ID
#     terraform: |
#       # A scheduled deletion is canceled by KMS only; then import the key again.
#       import {
#         to = aws_kms_key.NAME
#         id = "KEY_ID"
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12, Art. 12(2)]
#     nis2: [CIR 4.2, CIR 4.2.2(e)]
package seaworthy.encryption.key_pending_deletion

import data.seaworthy.lib.text.state

applies if input.key.manager == "customer"

deny contains finding if {
	input.status.state in {"pendingdeletion", "pendingreplicadeletion"}
	finding := {
		"message": sprintf("the key is %s, it is required to be enabled", [state(input.status.state)]),
		"fact": "status.state",
		"actual": input.status.state,
		"required": "enabled",
	}
}
