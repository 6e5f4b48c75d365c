# METADATA
# title: A database can be deleted by mistake
# description: |
#   One call, one wrong terraform destroy or one stolen key is enough to delete it, often with its automatic
#   backups. With deletion protection it takes two steps, of which the first can be refused and noticed.
#
#   Members of a cluster are protected by their cluster and not judged. Redshift has no such switch.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
# custom:
#   id: deletion-protection-off
#   severity: medium
#   for: [database, table]
#   except: [aws.redshift.cluster, aws.redshiftserverless.namespace]
#   remediation:
#     summary: deletion_protection = true
#     console: "RDS: the database, Modify, Enable deletion protection. DynamoDB: the table, Additional settings."
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --deletion-protection --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         deletion_protection = true
#       }
#
#       resource "aws_dynamodb_table" "NAME" {
#         deletion_protection_enabled = true
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9]
#     nis2: [CIR 4.2]
package seaworthy.protection.deletion_protection_off

import data.seaworthy.lib.unit.not_a_member

applies if not_a_member

deny contains finding if {
	input.protection.deletion_protection == false
	finding := {
		"message": "deletion protection is off, it is required to be on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}
}
