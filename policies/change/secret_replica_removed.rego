# METADATA
# title: The change removes the replica of a secret in another region
# description: |
#   Whatever comes back in that region cannot read the secret any more, and does not start. Nothing notices until
#   then.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
# custom:
#   id: secret-replica-removed
#   severity: high
#   for: [secret]
#   change: true
#   remediation:
#     summary: the replica block of that region, as before
#     console: "Secrets Manager: the secret, Replication, Add region."
#     cli: aws secretsmanager replicate-secret-to-regions --secret-id NAME --add-replica-regions Region=RECOVERY_REGION
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         replica {
#           region = "RECOVERY_REGION"
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.secret_replica_removed

import data.seaworthy.lib.change.kept

applies if {
	kept
	input.before.replication.regions != []
}

deny contains finding if {
	some region in input.before.replication.regions
	every other in input.replication.regions { other != region }
	finding := {
		"message": sprintf("the replica of the secret in %s is removed, before the change there was one", [region]),
		"fact": "replication.regions",
		"actual": input.replication.regions,
		"required": region,
	}
}
