# METADATA
# title: A secret is not in the recovery region
# description: |
#   What comes back in the recovery region reads its secrets there, and does not start without them. The value of a
#   secret stands in no code and in no backup: if the region is lost before it was replicated, the value is lost.
#
#   A replica counts, whatever its state (secret-replica-not-in-sync judges that), and so does a secret of the same name
#   that was made there. Only the source is judged; replicas, secrets that wait for their deletion, and those that a
#   service manages for itself are not.
#
#   A secret that no task and no function names may still be read by a program that knows its name, and nobody sees
#   that in a configuration. So it is judged, too, with a lower severity where no application claims it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
# custom:
#   id: secret-not-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: high
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [secret]
#   remediation:
#     summary: a replica of the secret in {{joined.recovery_region|the recovery region}}
#     console: "Secrets Manager: the secret, Replicate secret, {{joined.recovery_region|the recovery region}}."
#     cli: >-
#       aws secretsmanager replicate-secret-to-regions --secret-id NAME
#       --add-replica-regions Region={{joined.recovery_region|RECOVERY_REGION}}
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         replica {
#           region = "{{joined.recovery_region|RECOVERY_REGION}}"
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.2(b), CIR 4.2.4(a)]
package seaworthy.replication.secret_not_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.secret.primary_region == null
	input.secret.owner == null
	input.secret.deletion_date == null
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("the secret is not in %s, a replica or a secret of its name is required there", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
		"details": {"used_by": input.joined.used_by},
	}
}

# Nobody can read it from the order to delete it on. A replica is deleted at once, or not at all.
deny contains finding if {
	input.joined.counterpart.how != "replica"
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"the secret in %s is %s, one that stays is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": recovery.place,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
