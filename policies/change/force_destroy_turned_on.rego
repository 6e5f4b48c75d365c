# METADATA
# title: After the change a deletion destroys the contents without asking
# description: |
#   The next plan that deletes or replaces the bucket, the vault or the repository will succeed although there are
#   objects, recovery points or images in it. The change itself deletes nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
# custom:
#   id: force-destroy-turned-on
#   severity: medium
#   for: [bucket, vault, image-repository]
#   change: true
#   remediation:
#     summary: force_destroy = false, as before; force_delete = false of a repository
#     console: It is a setting of Terraform only.
#     cli: aws s3api list-object-versions --bucket NAME --max-items 1
#     terraform: |
#       resource "aws_s3_bucket" "NAME" {
#         force_destroy = false
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9]
#     nis2: [CIR 4.2]
package seaworthy.change.force_destroy_turned_on

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	input.before.protection.force_destroy == false
	input.protection.force_destroy == true
	finding := {
		"message": "its contents are destroyed with it, before the change they were not",
		"fact": "protection.force_destroy",
		"actual": true,
		"required": false,
	}
}
