# METADATA
# title: No cache stands in the recovery region
# description: |
#   Warm standby and active-active promise that what runs goes on running. Without a cache in the recovery region the
#   application does not start there, or all of its reads go to the database, which is sized for what the cache leaves
#   over. A cache is made in minutes, but its endpoint has to be known to the application, and it starts empty.
#
#   Any cache of the application in the recovery region counts, as warm capacity, with snapshots or without. Whether the
#   contents are there is left to cache-data-in-one-region. Under backup and restore the question does not arise.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: cache-missing-in-recovery-region
#   severity:
#     default: low
#     backup-restore: none
#     pilot-light: medium
#     warm-standby: critical
#     active-active: critical
#   blocker: [warm-standby, active-active]
#   for: [cache]
#   remediation:
#     summary: a cache of the same engine in the recovery region, best as a member of a global datastore
#     console: "ElastiCache: Global datastores, Create global cluster, with a secondary in the recovery region."
#     cli: >-
#       aws elasticache create-replication-group --region RECOVERY_REGION --replication-group-id NAME
#       --replication-group-description NAME --global-replication-group-id GLOBAL_ID
#     terraform: |
#       resource "aws_elasticache_global_replication_group" "NAME" {
#         global_replication_group_id_suffix = "NAME"
#         primary_replication_group_id       = aws_elasticache_replication_group.SOURCE.id
#       }
#
#       resource "aws_elasticache_replication_group" "NAME" {
#         provider                    = aws.recovery
#         replication_group_id        = "NAME-recovery"
#         description                 = "recovery"
#         global_replication_group_id = aws_elasticache_global_replication_group.NAME.global_replication_group_id
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.cache_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.database.cluster == null
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no cache stands in for it in %s, where one is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"the cache that stands in for it in %s is %s, one that can be used is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
