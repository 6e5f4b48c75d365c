# METADATA
# title: After the change a deletion leaves no final snapshot
# description: |
#   The next plan that deletes or replaces the database will do so without a last snapshot, and by then nobody looks
#   at this attribute. The change itself deletes nothing.
#
#   Replicas are not judged: AWS takes no final snapshot of a read replica, and its source still holds the data.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: final-snapshot-turned-off
#   severity: medium
#   for: [database, cache, volume]
#   except: [aws.elasticache.serverless-cache]
#   change: true
#   remediation:
#     summary: skip_final_snapshot = false, as before
#     console: It is a setting of Terraform only.
#     cli: aws rds delete-db-instance --db-instance-identifier NAME --final-db-snapshot-identifier NAME-final
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         skip_final_snapshot       = false
#         final_snapshot_identifier = "NAME-final"
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9]
#     nis2: [CIR 4.2]
package seaworthy.change.final_snapshot_turned_off

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.change.was_not_a_replica

applies if {
	kept
	_holds_the_original
}

deny contains finding if {
	input.before.protection.final_snapshot == true
	input.protection.final_snapshot == false
	finding := {
		"message": "no final snapshot is taken on deletion, before the change it was",
		"fact": "protection.final_snapshot",
		"actual": false,
		"required": true,
	}
}

_holds_the_original if was_not_a_replica

# What is promoted by the change holds the original of its data from now on.
_holds_the_original if input.replication.role in {"none", "primary"}
