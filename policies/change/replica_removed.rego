# METADATA
# title: The change removes a replica in another region
# description: |
#   Until a new replica has been made and has caught up, which takes hours for a large database, there is nothing in
#   that region to go on with. The change deletes or replaces a read replica or a secondary cluster in another region,
#   or makes it stand alone. So does a primary that leaves the global database or datastore that its replicas follow
#   it in.
#
#   Readers beside their source are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
# custom:
#   id: replica-removed
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [database, aws.elasticache.replication-group]
#   change: true
#   remediation:
#     summary: the replica as before, until a new one has caught up
#     console: Make the new replica first, and remove the old one in a change of its own.
#     cli: >-
#       aws rds describe-db-instances --db-instance-identifier NAME --query
#       "DBInstances[].ReadReplicaSourceDBInstanceIdentifier"
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
#     nist-800-53-r5: [CP-6, CP-7, CP-9(6), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.replica_removed

import data.seaworthy.lib.change.destroyed

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.before.replication.role == "replica"
	_was_across_regions
}

applies if {
	input.change.action == "update"
	input.before.replication.role == "primary"
	input.before.replication.global != null
	input.replication.global == null
}

deny contains finding if {
	destroyed
	input.before.replication.role == "replica"
	finding := {
		"message": sprintf("%s, a replica that follows its source is required", [_deeds[input.change.action]]),
		"fact": "change.action",
		"actual": input.change.action,
		"required": "no-op",
	}
}

deny contains finding if {
	input.change.action == "update"
	input.before.replication.role == "replica"
	input.replication.role != "replica"
	finding := {
		"message": "it no longer follows its source, before the change it was a replica",
		"fact": "replication.role",
		"actual": input.replication.role,
		"required": "replica",
	}
}

deny contains finding if {
	input.change.action == "update"
	input.before.replication.role == "primary"
	input.before.replication.global != null
	input.replication.global == null
	count(input.before.replication.replicas) > 0
	finding := {
		"message": "it leaves the global database or datastore in which its replicas follow it",
		"fact": "replication.global",
		"actual": null,
		"required": input.before.replication.global,
	}
}

_deeds := {
	"delete": "the replica is deleted",
	"replace": "the replica is replaced, and there is none until the new one has caught up",
}

_was_across_regions if input.kind != "aws.rds.instance"

_was_across_regions if input.before.replication.cross_region == true
