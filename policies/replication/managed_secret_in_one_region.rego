# METADATA
# title: The password of the database is kept in one region only
# description: |
#   A password that RDS or DocumentDB manages itself cannot be replicated: in the recovery region nobody has it. Nor can
#   a cross-region read replica or a global database be made with it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
#   - ref: https://docs.aws.amazon.com/documentdb/latest/developerguide/docdb-secrets-manager.html
# custom:
#   id: managed-secret-in-one-region
#   severity: medium
#   for: [aws.rds.instance, aws.rds.cluster, aws.docdb.cluster]
#   remediation:
#     summary: >-
#       a secret of its own with a replica in {{joined.recovery_region|the recovery region}}, instead of
#       manage_master_user_password
#     console: >-
#       RDS: the database, Modify, Credentials management: Self managed. Secrets Manager: the new secret, Replicate
#       secret.
#     cli: >-
#       aws secretsmanager replicate-secret-to-regions --secret-id NAME
#       --add-replica-regions Region={{joined.recovery_region|RECOVERY_REGION}}
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         name = "NAME"
#
#         replica {
#           region = "{{joined.recovery_region|RECOVERY_REGION}}"
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02]
#     nist-800-53-r5: [CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [CC7.5]
#     dora: [Art. 11]
package seaworthy.replication.managed_secret_in_one_region

import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	input.joined.recovery_region != null
}

deny contains finding if {
	input.database.managed_secret == true
	finding := {
		"message": sprintf(
			"its password is kept by the service in this region only, it is required in %s too",
			[input.joined.recovery_region],
		),
		"fact": "database.managed_secret",
		"actual": true,
		"required": false,
	}
}
