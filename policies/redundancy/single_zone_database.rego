# METADATA
# title: A database stands in one availability zone
# description: |
#   The loss of one availability zone takes the database down, and what would have been an automatic failover of a
#   minute becomes a restore from a backup, with the data since then lost.
#
#   Aurora is judged by its instances (aurora-single-instance, aurora-instances-in-one-zone), because its storage
#   spans zones anyway; a Multi-AZ DB cluster is redundant by construction; replicas are left to
#   replica-single-zone.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
#   - ref: https://docs.aws.amazon.com/documentdb/latest/developerguide/failover.html
# custom:
#   id: single-zone-database
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [database]
#   except: [aws.rds.cluster]
#   remediation:
#     summary: multi_az = true
#     console: >-
#       RDS: Databases, the database, Modify, Availability and durability, create a standby instance. DocumentDB and
#       Neptune: add an instance in another zone.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --multi-az --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         multi_az = true
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.single_zone_database

import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "stands in one availability zone, a standby in a second one is required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}
