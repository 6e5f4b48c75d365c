# METADATA
# title: Deletion protection is off
# description: |
#   Say here what it means for recovery, in a paragraph or more, for somebody who has to decide about it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: {id}
#   severity: medium
#   for: [database]
#   remediation:
#     summary: deletion_protection = true
#     console: RDS, Databases, the database, Modify, Enable deletion protection.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --deletion-protection
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         deletion_protection = true
#       }
package seaworthy.{area}.{name}

# Where this is false, the verdict is not-applicable.
applies if input.database.cluster == null

# Positive comparisons only: what is not known must not fire.
deny contains finding if {
	input.protection.deletion_protection == false
	finding := {
		"message": "deletion protection is off, and has to be on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}
}
