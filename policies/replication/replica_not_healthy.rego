# METADATA
# title: A replica in another region does not work
# description: |
#   A replica that is there proves nothing: its replication may have ended weeks ago, or it may be stopped.
#   Promoted, it would bring back old data, or not come up at all.
#
#   Readers beside their source are not judged, for they are no protection against the loss of the region. Where the
#   broken replica is the only copy, no-cross-region-copy fails for its source.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-monitoring.html
# custom:
#   id: replica-not-healthy
#   severity:
#     default: high
#     backup-restore: medium
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   for: [database, aws.elasticache.replication-group]
#   remediation:
#     summary: a replica whose replication runs; make it anew if it does not resume
#     console: >-
#       RDS: the replica, Logs and events for the reason of the error; delete the replica and create it anew if
#       replication was terminated.
#     cli: aws rds describe-db-instances --db-instance-identifier NAME --query "DBInstances[].StatusInfos"
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
#     aws-well-architected: [REL11-BP01, REL13-BP04]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-9(6), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.replication.replica_not_healthy

import data.seaworthy.lib.text.state
import data.seaworthy.lib.unit.across_regions

applies if {
	input.replication.role == "replica"
	across_regions
}

deny contains finding if {
	input.replication.healthy == false
	finding := {
		"message": "its replication does not run, a replica that follows its source is required",
		"fact": "replication.healthy",
		"actual": false,
		"required": true,
	}
}

deny contains finding if {
	input.status.healthy == false
	finding := {
		"message": sprintf("it is %s, a replica that is available is required", [state(input.status.state)]),
		"fact": "status.state",
		"actual": input.status.state,
		"required": "available",
	}
}
