# METADATA
# title: The replica of a secret in the recovery region is not in sync
# description: |
#   The replica does not have the value of its source, or nobody knows which value it has: replication has failed, is
#   still under way, or was ended. What comes back there reads an old password, or none.
#
#   The most frequent reasons are a secret of the same name that is there already and a key that cannot be used. The
#   source is judged, because only it is told how its replicas are.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
# custom:
#   id: secret-replica-not-in-sync
#   severity: {default: high, pilot-light: critical, warm-standby: critical, active-active: critical}
#   for: [secret]
#   remediation:
#     summary: the replication of the secret to {{joined.recovery_region|the recovery region}} anew, once its reason is mended
#     console: "Secrets Manager: the secret, Replicate secret, Actions, Retry replication."
#     cli: >-
#       aws secretsmanager replicate-secret-to-regions --secret-id NAME --force-overwrite-replica-secret
#       --add-replica-regions Region={{joined.recovery_region|RECOVERY_REGION}}
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         force_overwrite_replica_secret = true
#
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
package seaworthy.replication.secret_replica_not_in_sync

import data.seaworthy.lib.text.state

applies if {
	some replica in input.secret.replicas
	replica.region == input.joined.recovery_region
}

deny contains finding if {
	some replica in input.secret.replicas
	replica.region == input.joined.recovery_region
	replica.status != "in_sync"
	finding := {
		"message": sprintf("its replica in %s is %s, one in sync is required", [replica.region, state(replica.status)]),
		"fact": "secret.replicas",
		"actual": replica.status,
		"required": "in_sync",
		"details": {"reason": replica.reason},
	}
}
