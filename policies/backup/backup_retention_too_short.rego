# METADATA
# title: Backups are kept for too short a time
# description: |
#   Corruption is often noticed days after it happened. Once the last backup from before is deleted, nothing clean
#   is left to restore, and replicas hold the same corruption.
#
#   The retention of the application's objectives is required; without one, the parameter. A database whose backups
#   are off is left to backup-disabled.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
# custom:
#   id: backup-retention-too-short
#   severity: high
#   for: [database]
#   parameters:
#     min_days:
#       default: 7
#       description: days of retention that are required where no objective says so
#   remediation:
#     summary: backup_retention_period = {{required|parameters.min_days}} (RDS keeps 35 days at most)
#     console: "RDS: Databases, the database, Modify, Backup retention period."
#     cli: >-
#       aws rds modify-db-instance --db-instance-identifier NAME
#       --backup-retention-period {{required|parameters.min_days}} --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         backup_retention_period = {{required|parameters.min_days}}
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.2(f)]
package seaworthy.backup.backup_retention_too_short

import data.seaworthy.lib.text.days
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.backup.retention_days > 0
}

deny contains finding if {
	input.backup.retention_days < _required
	finding := {
		"message": sprintf(
			"backups are kept for %s, %d are required",
			[days(input.backup.retention_days), _required],
		),
		"fact": "backup.retention_days",
		"actual": input.backup.retention_days,
		"required": _required,
	}
}

_required := input.joined.retention_days if input.joined.retention_days != null

_required := data.parameters["backup-retention-too-short"].min_days if input.joined.retention_days == null
