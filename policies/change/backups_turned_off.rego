# METADATA
# title: The change turns backups off
# description: |
#   From the moment it is applied no backup is taken any more. The automatic backups of a database or table so far are
#   deleted with it, so that it can no longer be brought back to any moment; a file system keeps the recovery points
#   that it has, until they expire.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
# custom:
#   id: backups-turned-off
#   severity: critical
#   for: [aws.rds.instance, table, file-system]
#   change: true
#   remediation:
#     summary: backup_retention_period above 0, point_in_time_recovery enabled
#     console: Leave it on. What has to end should be a decision with a date, and a snapshot before it.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --backup-retention-period 7
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         backup_retention_period = 7
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
package seaworthy.change.backups_turned_off

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	input.before.backup.enabled == true
	input.backup.enabled == false
	finding := {
		"message": "backups are turned off, before the change they were on",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}
}
