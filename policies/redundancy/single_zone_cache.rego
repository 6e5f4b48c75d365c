# METADATA
# title: A cache may be lost with one availability zone
# description: |
#   The loss of one availability zone empties the cache: every read goes to the database behind it at once, which
#   often takes that down too, and whatever was kept only in the cache is lost. Without Multi-AZ that can happen even
#   to nodes that happen to stand in two zones, because nothing keeps them there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
# custom:
#   id: single-zone-cache
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [cache]
#   except: [aws.elasticache.serverless-cache]
#   remediation:
#     summary: multi_az_enabled = true
#     console: >-
#       ElastiCache: the cluster, Modify, Multi-AZ: enable. A cluster of one node has to be created anew as a
#       replication group; Memcached with nodes in several zones.
#     cli: >-
#       aws elasticache modify-replication-group --replication-group-id NAME --multi-az-enabled
#       --automatic-failover-enabled --apply-immediately
#     terraform: |
#       resource "aws_elasticache_replication_group" "NAME" {
#         multi_az_enabled           = true
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
package seaworthy.redundancy.single_zone_cache

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "nothing keeps it in two availability zones, Multi-AZ is required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}
