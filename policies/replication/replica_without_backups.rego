# METADATA
# title: A replica in another region has no backups of its own
# description: |
#   A replica is created without backups, whatever its source has. After it was promoted there is no way back to an
#   earlier moment, at the very time when the rest of the estate is at its weakest; and the first backup then takes
#   a while.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
# custom:
#   id: replica-without-backups
#   severity: medium
#   for: [aws.rds.instance]
#   remediation:
#     summary: backup_retention_period = {{joined.retention_floor_days|7}} on the replica
#     console: "RDS: the replica, Modify, Backup retention period."
#     cli: >-
#       aws rds modify-db-instance --region {{place.region|RECOVERY_REGION}} --db-instance-identifier NAME
#       --backup-retention-period {{joined.retention_floor_days|7}} --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider                = aws.recovery
#         replicate_source_db     = aws_db_instance.SOURCE.arn
#         instance_class          = aws_db_instance.SOURCE.instance_class
#         kms_key_id              = aws_kms_key.RECOVERY.arn
#         multi_az                = true
#         backup_retention_period = {{joined.retention_floor_days|7}}
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.1]
package seaworthy.replication.replica_without_backups

import data.seaworthy.lib.unit.across_regions

applies if {
	input.replication.role == "replica"
	across_regions
}

deny contains finding if {
	input.backup.retention_days == 0
	finding := {
		"message": "the replica keeps backups for 0 days, at least 1 is required",
		"fact": "backup.retention_days",
		"actual": 0,
		"required": 1,
	}
}
