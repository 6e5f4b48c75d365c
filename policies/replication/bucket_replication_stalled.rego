# METADATA
# title: What is written to a bucket does not arrive in the recovery region
# description: |
#   A rule that is enabled proves nothing: objects wait, or replication gave them up because its role, the bucket that it
#   writes to or a key does not let it. What it gave up is not tried again, and is lost with the region.
#
#   S3 keeps such numbers only for rules with metrics or time control; without them the verdict is unknown, and so it is
#   where nothing was written of late. The recovery point objective of the application is what may wait, without one the
#   parameter. How old the newest copy of what is restored may be, copied-recovery-point-too-old says.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html
# custom:
#   id: bucket-replication-stalled
#   severity: {default: high, backup-restore: medium}
#   for: [bucket]
#   parameters:
#     max_minutes:
#       default: 60
#       description: minutes that objects may wait where no objective says so
#   remediation:
#     summary: a role that may write and decrypt, then S3 Batch Replication for what is missing
#     console: "S3: the bucket, Metrics, Replication metrics; Batch Operations, Create job: Replicate."
#     cli: aws s3control create-job --account-id ACCOUNT --operation '{"S3ReplicateObject":{}}' --priority 1 --role-arn ROLE --report file://report.json --manifest-generator file://manifest.json
#     terraform: |
#       resource "aws_s3_bucket_replication_configuration" "NAME" {
#         bucket = aws_s3_bucket.NAME.id
#         role   = aws_iam_role.REPLICATION.arn
#
#         rule {
#           status = "Enabled"
#           filter {}
#
#           delete_marker_replication {
#             status = "Enabled"
#           }
#
#           destination {
#             bucket = aws_s3_bucket.RECOVERY.arn
#
#             metrics {
#               status = "Enabled"
#             }
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL13-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6(2), CP-9(6)]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 12, Art. 12(6), RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1.2(f), CIR 4.2]
package seaworthy.replication.bucket_replication_stalled

import data.seaworthy.lib.copy.counts
import data.seaworthy.lib.text.span

applies if {
	input.replication.role == "primary"
	some lag in input.joined.lags
	counts(lag)
}

deny contains finding if {
	some lag in input.joined.lags
	counts(lag)
	lag.failed > 0
	finding := {
		"message": sprintf("replication of %d objects failed, none may", [lag.failed]),
		"fact": "joined.lags.failed",
		"actual": lag.failed,
		"required": 0,
	}
}

deny contains finding if {
	_is_failed_over_to
	some lag in input.joined.lags
	counts(lag)
	lag.pending > 0
	minutes := ceil(lag.seconds / 60)
	minutes > _allowed
	finding := {
		"message": sprintf("objects wait for %s to be replicated, at most %s are allowed", [span(minutes), span(_allowed)]),
		"fact": "joined.lags.seconds",
		"actual": minutes,
		"required": _allowed,
	}
}

# What is restored is judged by the age of its copy.
_is_failed_over_to if input.joined.pattern != "backup-restore"

_is_failed_over_to if input.joined.rpo_minutes == null

_allowed := input.joined.rpo_minutes if input.joined.rpo_minutes != null

_allowed := data.parameters["bucket-replication-stalled"].max_minutes if input.joined.rpo_minutes == null
