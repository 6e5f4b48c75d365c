# METADATA
# title: The change removes a replica that the service keeps in another region
# description: |
#   In that region nothing newer is left to go on with: the replica of a table, or the replication of a bucket or of a
#   file system, ends. For a table the data there is deleted at once; a bucket and a file system keep what they have,
#   but get nothing new.
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   - ref: https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
# custom:
#   id: replica-region-removed
#   severity: {default: high, backup-restore: medium}
#   for: [table, file-system, bucket]
#   change: true
#   remediation:
#     summary: the replica block of that region, as before
#     console: >-
#       DynamoDB: the table, Global tables. S3: the bucket, Management, Replication rules. EFS: the file system,
#       Replication.
#     cli: aws dynamodb update-table --table-name NAME --replica-updates "Create={RegionName=RECOVERY_REGION}"
#     terraform: |
#       resource "aws_dynamodb_table" "NAME" {
#         replica {
#           region_name = "RECOVERY_REGION"
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-9(6), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.replica_region_removed

import data.seaworthy.lib.change.kept

applies if {
	kept
	input.before.replication.regions != []
}

applies if {
	kept
	input.before.replication.partial_regions != []
}

deny contains finding if {
	some region in input.before.replication.regions
	every other in input.replication.regions { other != region }
	finding := {
		"message": sprintf("the replica in %s is removed, before the change there was one", [region]),
		"fact": "replication.regions",
		"actual": input.replication.regions,
		"required": region,
	}
}

# A rule for a part of a bucket that goes leaves that part without its replica.
deny contains finding if {
	some region in input.before.replication.partial_regions
	every other in input.replication.partial_regions { other != region }
	every other in input.replication.regions { other != region }
	finding := {
		"message": sprintf("the replica of a part of it in %s is removed, before the change there was one", [region]),
		"fact": "replication.partial_regions",
		"actual": input.replication.partial_regions,
		"required": region,
	}
}
