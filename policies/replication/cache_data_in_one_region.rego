# METADATA
# title: The data of a cache exists in one region only
# description: |
#   A cache that starts in another region starts empty. What is kept only there (sessions, carts, queues, counters) is
#   lost with the region, with snapshots or without, because those stay in the region.
#
#   A member of a global datastore in another region keeps it. Memcached keeps nothing and is not judged. Whether a cache
#   is there at all is left to cache-missing-in-recovery-region; that the data is lost blocks no recovery.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
# custom:
#   id: cache-data-in-one-region
#   severity: {default: low, pilot-light: medium, warm-standby: medium, active-active: medium}
#   for: [cache]
#   remediation:
#     summary: a secondary of a global datastore in the recovery region, or nothing in it that must last
#     console: "ElastiCache: Global datastores, Create global cluster, with a secondary in the recovery region."
#     cli: >-
#       aws elasticache create-global-replication-group --global-replication-group-id-suffix NAME
#       --primary-replication-group-id NAME
#     terraform: |
#       resource "aws_elasticache_global_replication_group" "NAME" {
#         global_replication_group_id_suffix = "NAME"
#         primary_replication_group_id       = aws_elasticache_replication_group.SOURCE.id
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-9(3)]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13, A.8.14]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(3), Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1.2(g), CIR 4.2, CIR 4.2.2(c), CIR 4.2.4(a)]
package seaworthy.replication.cache_data_in_one_region

import data.seaworthy.lib.unit.not_a_replica

applies if {
	input.backup.enabled != null
	input.database.cluster == null
	not_a_replica
}

deny contains finding if {
	every copy in input.joined.copies { copy.usable == false }
	finding := {
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": [copy.id | some copy in input.joined.copies]},
	}
}

# One usable copy is enough, wherever else the search was not complete.
satisfied if {
	some copy in input.joined.copies
	copy.usable == true
}
