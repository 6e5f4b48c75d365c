# METADATA
# title: Only a part of a bucket is replicated to the recovery region
# description: |
#   A rule with a prefix or a tag replicates what fits it, and one that does not name objects encrypted with a key of KMS
#   leaves those out in silence. Everything else is lost with the region, and nobody notices as long as the bucket that
#   holds the copy fills.
#
#   Objects that are older than the rule are not replicated either, and the settings do not show them: S3 Batch
#   Replication copies them. A bucket that is replicated nowhere is for no-cross-region-copy. Whoever replicates a part on
#   purpose waives this.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnt-replicated.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
# custom:
#   id: replication-excludes-objects
#   severity:
#     default: medium
#     pilot-light: high
#     warm-standby: high
#     active-active: high
#   for: [bucket]
#   remediation:
#     summary: a rule without prefix and tag, and with sse_kms_encrypted_objects enabled
#     console: "S3: the bucket, Management, Replication rules, Edit: apply to all objects, replicate objects encrypted with KMS."
#     cli: aws s3api put-bucket-replication --bucket NAME --replication-configuration file://rules.json
#     terraform: |
#       resource "aws_s3_bucket_replication_configuration" "NAME" {
#         bucket = aws_s3_bucket.NAME.id
#         role   = aws_iam_role.REPLICATION.arn
#
#         rule {
#           status = "Enabled"
#           filter {}
#
#           source_selection_criteria {
#             sse_kms_encrypted_objects {
#               status = "Enabled"
#             }
#           }
#
#           delete_marker_replication {
#             status = "Enabled"
#           }
#
#           destination {
#             bucket = aws_s3_bucket.RECOVERY.arn
#
#             encryption_configuration {
#               replica_kms_key_id = aws_kms_key.RECOVERY.arn
#             }
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13, A.8.14]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.2(b), CIR 4.2.4(a)]
package seaworthy.replication.replication_excludes_objects

import data.seaworthy.lib.recovery

applies if input.replication.role == "primary"

deny contains finding if {
	some region in input.replication.partial_regions
	_counts(region)
	every whole in input.replication.regions { not _counts(whole) }
	finding := {
		"message": sprintf("a part of its objects is replicated to %s, all of them are required to be", [_place(region)]),
		"fact": "replication.partial_regions",
		"actual": region,
		"required": "a rule for the whole bucket",
	}
}

# What is replicated as a whole, is so whatever else is.
satisfied if {
	some region in input.replication.regions
	_counts(region)
}

_counts(region) if region == input.joined.recovery_region

# Without a recovery region every other region counts.
_counts(_) if input.joined.recovery_region == null

_place(region) := recovery.place if region == input.joined.recovery_region

_place(region) := region if input.joined.recovery_region == null
