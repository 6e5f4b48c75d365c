# METADATA
# title: No live replica of the data exists in another region
# description: |
#   Pilot light, warm standby and active-active all promise to go on with the data of a moment ago. That takes a
#   live copy in the recovery region: a read replica, a member of a global database, or a replica that the
#   service keeps itself. Restoring a backup loses the time since it was taken, and takes hours.
#
#   If a recovery region is configured, the replica must be there; in another account there can be none, because
#   databases do not replicate between accounts. Rules that replicate a part of a bucket make no replica of it. Whether
#   one works is left to replica-not-healthy. Under backup and restore the question does not arise. Caches are left to
#   cache-missing-in-recovery-region. What replicates a volume or a file system of FSx does so from within (DRS,
#   SnapMirror, DFS), where nobody looks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/plan-for-disaster-recovery-dr.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
# custom:
#   id: no-cross-region-replica
#   severity:
#     default: medium
#     backup-restore: none
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   for: [stateful]
#   except: [cache, volume, aws.fsx.filesystem, aws.redshift.cluster, aws.redshiftserverless.namespace]
#   remediation:
#     summary: >-
#       a read replica, or a secondary cluster of a global database, in {{joined.recovery_region|the recovery region}}
#     console: >-
#       RDS: the database, Actions, Create read replica, Destination region; for Aurora: Actions, Add AWS Region.
#     cli: >-
#       aws rds create-db-instance-read-replica --region {{joined.recovery_region|RECOVERY_REGION}}
#       --db-instance-identifier NAME --source-db-instance-identifier ARN
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider                = aws.recovery
#         replicate_source_db     = aws_db_instance.SOURCE.arn
#         instance_class          = aws_db_instance.SOURCE.instance_class
#         kms_key_id              = aws_kms_key.RECOVERY.arn
#         multi_az                = true
#         backup_retention_period = 7
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-9(6), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.replication.no_cross_region_replica

import data.seaworthy.lib.recovery
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

deny contains finding if {
	every copy in input.joined.copies { not _live(copy) }
	finding := {
		"message": "no live replica of its data exists in another region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
	}
}

deny contains finding if {
	input.joined.recovery_region != null
	some copy in input.joined.copies
	_live(copy)
	every other in input.joined.copies { _not_there(other) }
	finding := {
		"message": sprintf("its live replica is not in %s, where one is required", [recovery.place]),
		"fact": "joined.copies",
		"actual": copy.region,
		"required": recovery.place,
	}
}

# One replica in the recovery place is enough, wherever else the search was not complete.
satisfied if {
	some copy in input.joined.copies
	_live(copy)
	_counts(copy)
}

# Without a recovery region every other region counts.
_counts(copy) if copy.in_recovery_place == true

_counts(_) if input.joined.recovery_region == null

_live(copy) if copy.mechanism in {"global-cluster", "provider-replica", "replica"}

_not_there(copy) if copy.in_recovery_place == false

_not_there(copy) if not _live(copy)
