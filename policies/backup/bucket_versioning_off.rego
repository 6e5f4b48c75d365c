# METADATA
# title: A bucket keeps no old versions of its objects
# description: |
#   What is overwritten or deleted is gone at once. Without versioning there is nothing to undo a deletion with, and
#   neither replication to another region nor a backup plan is possible for the bucket.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
# custom:
#   id: bucket-versioning-off
#   severity: medium
#   for: [bucket]
#   remediation:
#     summary: versioning_configuration { status = "Enabled" }
#     console: "S3: the bucket, Properties, Bucket Versioning, Edit, Enable."
#     cli: aws s3api put-bucket-versioning --bucket NAME --versioning-configuration Status=Enabled
#     terraform: |
#       resource "aws_s3_bucket_versioning" "NAME" {
#         bucket = aws_s3_bucket.NAME.id
#
#         versioning_configuration {
#           status = "Enabled"
#         }
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
package seaworthy.backup.bucket_versioning_off

deny contains finding if {
	input.backup.versioned == false
	finding := {
		"message": "versioning is off, it is required to be on",
		"fact": "backup.versioned",
		"actual": false,
		"required": true,
	}
}
