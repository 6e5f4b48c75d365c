# METADATA
# title: The encryption key has no usable counterpart in the recovery region
# description: |
#   Encrypted data cannot be restored or copied into a region without a key that can be used there. A key of KMS lives
#   in one region, and creating one during an outage changes what every copy, policy and template refers to, while
#   copies made so far stay encrypted with a key that is out of reach.
#
#   A counterpart is a replica of a multi-region key, the key of a copy there, a key with the same alias, or the one
#   that the configuration names. It must be enabled, and a symmetric key for encryption: one that signs, or an
#   asymmetric one, encrypts nothing. AWS-managed keys exist in every region and count as their own counterpart.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
# custom:
#   id: key-missing-in-recovery-region
#   severity: critical
#   blocker: true
#   for: [stateful]
#   remediation:
#     summary: a key with the same alias in {{joined.recovery_region|the recovery region}}, enabled
#     console: >-
#       KMS in {{joined.recovery_region|the recovery region}}: create a key with the same alias; or for a
#       multi-region key: the key, Regionality,
#       Create new replica keys.
#     cli: aws kms replicate-key --key-id KEY_ID --replica-region {{joined.recovery_region|RECOVERY_REGION}}
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
#     dora: [Art. 11, Art. 12, Art. 12(2)]
#     nis2: [CIR 4.2, CIR 4.2.2(e)]
package seaworthy.encryption.key_missing_in_recovery_region

import data.seaworthy.lib.text.state
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.encryption.enabled == true
	input.joined.recovery_region != null
}

deny contains finding if {
	some key in input.joined.keys
	key.counterpart == null
	region := input.joined.recovery_region
	finding := {
		"message": sprintf("its key %s has no counterpart in %s, an enabled one is required", [_name(key), region]),
		"fact": "joined.keys",
		"actual": null,
		"required": "enabled",
		"details": {"key": key.id, "recovery_region": region},
	}
}

deny contains finding if {
	some key in input.joined.keys
	key.counterpart.usable == false
	finding := {
		"message": sprintf(
			"the counterpart of its key %s in %s is %s, it is required to be enabled",
			[_name(key), input.joined.recovery_region, state(key.counterpart.state)],
		),
		"fact": "joined.keys",
		"actual": key.counterpart.state,
		"required": "enabled",
		"details": {"key": key.id, "counterpart": key.counterpart.id},
	}
}

_name(key) := concat("/", ["alias", key.alias]) if key.alias != null

_name(key) := key.id if key.alias == null
