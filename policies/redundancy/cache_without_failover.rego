# METADATA
# title: A cache does not fail over by itself
# description: |
#   When the primary node is lost, no replica takes over: writes fail until somebody promotes one by hand, and
#   without a replica the data is gone.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
# custom:
#   id: cache-without-failover
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [aws.elasticache.replication-group]
#   remediation:
#     summary: automatic_failover_enabled = true
#     console: "ElastiCache: the cluster, Modify, Auto-failover: enable. It needs at least one replica."
#     cli: >-
#       aws elasticache modify-replication-group --replication-group-id NAME --automatic-failover-enabled
#       --apply-immediately
#     terraform: |
#       resource "aws_elasticache_replication_group" "NAME" {
#         automatic_failover_enabled = true
#         num_cache_clusters         = 2
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.cache_without_failover

deny contains finding if {
	input.redundancy.automatic_failover == false
	finding := {
		"message": "no node takes over by itself, automatic failover to a second node of each shard is required",
		"fact": "redundancy.automatic_failover",
		"actual": false,
		"required": true,
	}
}
