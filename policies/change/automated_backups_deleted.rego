# METADATA
# title: The change deletes the automatic backups together with the database
# description: |
#   With the automatic backups every moment goes but that of the final snapshot, so that a corruption from before the
#   deletion cannot be undone any more. Terraform deletes them unless it is told not to.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups-Deleting.html
# custom:
#   id: automated-backups-deleted
#   severity: medium
#   for: [aws.rds.instance, aws.rds.cluster]
#   change: true
#   remediation:
#     summary: delete_automated_backups = false, applied before the change that deletes
#     console: "RDS: on deletion, Retain automated backups."
#     cli: >-
#       aws rds delete-db-instance --db-instance-identifier NAME --final-db-snapshot-identifier NAME-final
#       --no-delete-automated-backups
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         delete_automated_backups = false
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(1)(a)]
#     nis2: [CIR 4.2, CIR 4.2.1]
package seaworthy.change.automated_backups_deleted

import data.seaworthy.lib.change.destroyed
import data.seaworthy.lib.change.was_not_a_member
import data.seaworthy.lib.change.was_not_a_replica

applies if {
	destroyed
	was_not_a_member
	was_not_a_replica
}

deny contains finding if {
	input.before.backup.deleted_with_resource == true
	finding := {
		"message": "its automatic backups are deleted with it, they are required to stay for their retention",
		"fact": "backup.deleted_with_resource",
		"actual": true,
		"required": false,
	}
}
