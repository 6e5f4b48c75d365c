# METADATA
# title: The change removes a replicated automated backup
# description: |
#   The replication of automated backups to another region ends, and what was replicated so far is kept only until
#   its retention ends. From then on nothing newer can be restored there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
# custom:
#   id: replicated-backup-removed
#   severity: high
#   for: [aws.rds.automated-backup]
#   change: true
#   remediation:
#     summary: the aws_db_instance_automated_backups_replication, as before
#     console: "RDS: the database, Maintenance & backups, Replicated backups."
#     cli: >-
#       aws rds start-db-instance-automated-backups-replication --region {{joined.recovery_region|RECOVERY_REGION}}
#       --source-db-instance-arn ARN
#       --backup-retention-period 7
#     terraform: |
#       resource "aws_db_instance_automated_backups_replication" "NAME" {
#         provider               = aws.recovery
#         source_db_instance_arn = aws_db_instance.NAME.arn
#         retention_period       = 7
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-6(1), CP-9(3), CP-9(5)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.13]
#     soc2: [A1.2, CC9.1]
#     hipaa: [164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B)]
#     dora: [Art. 11, Art. 12, Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.2(c)]
package seaworthy.change.replicated_backup_removed

import data.seaworthy.lib.change.destroyed

applies if input.change.action in {"delete", "replace", "update"}

deny contains finding if {
	destroyed
	finding := {
		"message": sprintf("a %s destroys the replicated backup, its source requires it", [input.change.action]),
		"fact": "change.action",
		"actual": input.change.action,
		"required": "no-op",
	}
}
