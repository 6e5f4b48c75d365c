# METADATA
# title: Point-in-time recovery of a table is off
# description: |
#   Without point-in-time recovery a table can only be brought back to its last backup, if there is one. What was
#   written since then is lost, and a faulty deployment that rewrites items cannot be undone to the second before
#   it.
#
#   It is set for each replica of a global table by itself, and that of the region where the application comes back is
#   the one that counts from then on. It does not help if the region is lost; see
#   no-cross-region-copy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
# custom:
#   id: point-in-time-recovery-disabled
#   severity: medium
#   for: [table]
#   remediation:
#     summary: point_in_time_recovery { enabled = true }
#     console: "DynamoDB: the table, Backups, Point-in-time recovery, Edit, Turn on."
#     cli: >-
#       aws dynamodb update-continuous-backups --table-name NAME --point-in-time-recovery-specification
#       PointInTimeRecoveryEnabled=true
#     terraform: |
#       resource "aws_dynamodb_table" "NAME" {
#         point_in_time_recovery {
#           enabled = true
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
package seaworthy.backup.point_in_time_recovery_disabled

deny contains finding if {
	input.backup.point_in_time == false
	finding := {
		"message": "point-in-time recovery is off, it is required to be on",
		"fact": "backup.point_in_time",
		"actual": false,
		"required": true,
	}
}

deny contains finding if {
	some region in input.backup.replicas_without_point_in_time
	finding := {
		"message": sprintf("point-in-time recovery of the replica in %s is off, it is required to be on", [region]),
		"fact": "backup.replicas_without_point_in_time",
		"actual": region,
		"required": [],
	}
}

# There is no replica that it could be off for.
satisfied if {
	input.backup.point_in_time == true
	input.replication.regions == []
}
