# METADATA
# title: Copies exist in another region, and nothing makes the next one
# description: |
#   Somebody copied the data once, and since then the copy gets older every day. The warehouse does not copy its snapshots to
#   another region by itself, and no backup plan covers it.
#
#   A warehouse whose snapshots are copied is not judged. Where there is no copy at all, no-cross-region-copy says so; where snapshots are copied to another region than the
#   recovery region, no-copy-in-recovery-region; where a plan covers it and copies nothing,
#   backup-plan-without-cross-region-copy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html
#   - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup.html
# custom:
#   id: snapshot-copy-off
#   severity: high
#   for: [aws.redshift.cluster, aws.redshiftserverless.namespace]
#   remediation:
#     summary: snapshots that are copied to {{joined.recovery_region|the recovery region}}
#     console: >-
#       Redshift: the cluster, Actions, Configure cross-region snapshot: {{joined.recovery_region|the recovery region}}.
#     cli: >-
#       aws redshift enable-snapshot-copy --cluster-identifier NAME
#       --destination-region {{joined.recovery_region|RECOVERY_REGION}}
#     terraform: |
#       resource "aws_redshift_snapshot_copy" "NAME" {
#         cluster_identifier = aws_redshift_cluster.NAME.cluster_identifier
#         destination_region = "{{joined.recovery_region|RECOVERY_REGION}}"
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP03, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9(3)]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.2(c)]
package seaworthy.backup.snapshot_copy_off

# Of no copy at all, no-cross-region-copy says so.
applies if {
	input.backup.copied_to == []
	some copy in input.joined.copies
	not copy.usable == false
}

deny contains finding if {
	input.joined.backup_plans == []
	finding := {
		"message": "its snapshots are not copied to another region and no backup plan covers it, one of them is required",
		"fact": "backup.copied_to",
		"actual": [],
		"required": "a region",
	}
}

# One plan is enough, whatever others there may be.
satisfied if {
	some plan in input.joined.backup_plans
	plan != ""
}
