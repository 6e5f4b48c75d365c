# METADATA
# title: A cache is not backed up
# description: |
#   Whatever is kept only in the cache (sessions, carts, queues, counters) is lost with the cluster. No snapshot is
#   taken of it, so after a recovery it starts empty, with the whole load on the database behind it.
#
#   Memcached has no backups and is not judged. A cache that may be lost can be waived once by its tags.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
# custom:
#   id: cache-backup-disabled
#   severity: {default: medium, active-active: low}
#   for: [cache]
#   remediation:
#     summary: snapshot_retention_limit = {{joined.retention_floor_days|7}}
#     console: "ElastiCache: the cluster, Modify, Backup, Enable automatic backups."
#     cli: >-
#       aws elasticache modify-replication-group --replication-group-id NAME
#       --snapshot-retention-limit {{joined.retention_floor_days|7}} --apply-immediately
#     terraform: |
#       resource "aws_elasticache_replication_group" "NAME" {
#         snapshot_retention_limit = {{joined.retention_floor_days|7}}
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
package seaworthy.backup.cache_backup_disabled

applies if input.backup.enabled != null

deny contains finding if {
	input.backup.enabled == false
	finding := {
		"message": "automatic backups are off, they are required to be on",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}
}
