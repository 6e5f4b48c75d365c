# METADATA
# title: The key of a secret in the recovery region cannot be used
# description: |
#   The replica of the secret, or the secret or parameter of the same name, is there, and nobody can read it: its key in
#   that region is disabled, waits for its deletion, or was deleted. Replication fails from then on, too.
#
#   The default key of an account is there in every region and always usable. The source is judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/unusable-kms-keys.html
# custom:
#   id: secret-replica-key-not-usable
#   severity: {default: high, pilot-light: critical, warm-standby: critical, active-active: critical}
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [secret, parameter]
#   remediation:
#     summary: enable the key in {{joined.recovery_region|the recovery region}}, or replicate with another one
#     console: "KMS in {{joined.recovery_region|the recovery region}}: the key, Key actions, Cancel key deletion or Enable."
#     cli: >-
#       aws kms enable-key --region {{joined.recovery_region|RECOVERY_REGION}}
#       --key-id {{joined.counterpart_key.id|KEY_ID}}
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         replica {
#           region     = "{{joined.recovery_region|RECOVERY_REGION}}"
#           kms_key_id = aws_kms_replica_key.NAME.arn
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12]
#     nis2: [CIR 4.2]
package seaworthy.encryption.secret_replica_key_not_usable

import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart_key != null
}

deny contains finding if {
	key := input.joined.counterpart_key
	key.usable == false
	finding := {
		"message": sprintf(
			"its key %s in %s is %s, it is required to be enabled",
			[key.id, input.joined.recovery_region, state(key.state)],
		),
		"fact": "joined.counterpart_key",
		"actual": key.state,
		"required": "enabled",
		"details": {"key": key.id},
	}
}
