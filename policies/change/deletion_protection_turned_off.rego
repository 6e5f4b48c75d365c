# METADATA
# title: The change turns deletion protection off
# description: |
#   It is the first of the two steps by which a database is lost. If nothing is to be deleted, the change has no use;
#   if something is, say so in a waiver, with the snapshot that stays.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: deletion-protection-turned-off
#   severity: medium
#   for: [database, table, load-balancer]
#   change: true
#   remediation:
#     summary: deletion_protection = true, as before
#     console: Leave it as it is.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --deletion-protection
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         deletion_protection = true
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9]
#     nis2: [CIR 4.2]
package seaworthy.change.deletion_protection_turned_off

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	input.before.protection.deletion_protection == true
	input.protection.deletion_protection == false
	finding := {
		"message": "deletion protection is turned off, before the change it was on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}
}
