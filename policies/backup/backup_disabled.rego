# METADATA
# title: Automatic backups are off
# description: |
#   Without automatic backups there is no moment to go back to. A deletion, a faulty migration or a ransomware
#   attack is final, replicas follow it within seconds, and neither a cross-region replica nor a replicated backup
#   can be made from a database that has no backups of its own.
#
#   Read replicas are left to replica-without-backups, members of a cluster to their cluster. A table, a file system,
#   a volume or a DSQL cluster that a backup plan selects counts as backed up, unless AWS Backup is switched off for its type in the region
#   and the plan selects it by a tag or along with everything else. A policy of Data Lifecycle Manager is such a plan for
#   volumes. Volumes that are deleted with their machine are parts of it, and not judged; where a volume has snapshots, and
#   no plan selects it, something else may take them, so that it is unknown.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
# custom:
#   id: backup-disabled
#   severity: critical
#   blocker: true
#   for: [database, table, file-system, volume]
#   parameters:
#     min_days:
#       default: 7
#       description: days of retention that the finding asks for
#   remediation:
#     summary: >-
#       backup_retention_period = {{joined.retention_floor_days|parameters.min_days}}; for a table, a file system or a
#       volume, its own backups or a backup plan
#     console: >-
#       RDS: Databases, the database, Modify, Backup retention period. DynamoDB: the table, Backups, Edit
#       point-in-time recovery. EFS: the file system, Edit, Enable automatic backups.
#     cli: >-
#       aws rds modify-db-instance --db-instance-identifier NAME
#       --backup-retention-period {{joined.retention_floor_days|parameters.min_days}} --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         backup_retention_period = {{joined.retention_floor_days|parameters.min_days}}
#       }
#
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
#     pci-dss: ["12.10.1"]
package seaworthy.backup.backup_disabled

import data.seaworthy.lib.kind.class
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

deny contains finding if {
	not _needs_a_plan
	input.backup.retention_days == 0
	finding := {
		"message": sprintf("backups are off: retention is 0 days, %d are required", [_required]),
		"fact": "backup.retention_days",
		"actual": 0,
		"required": _required,
	}
}

# What its applications ask for, where they ask for anything.
_required := input.joined.retention_floor_days if input.joined.retention_floor_days != null

_required := data.parameters["backup-disabled"].min_days if input.joined.retention_floor_days == null

deny contains finding if {
	_needs_a_plan
	input.backup.enabled == false
	input.joined.backup_plans == []
	finding := {
		"message": "backups are off: neither its own backups nor a backup plan covers it, one of them is required",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}
}

# One plan is enough, whatever others there may be.
satisfied if {
	_needs_a_plan
	some plan in input.joined.backup_plans
	plan != ""
}

# What has either backups of its own or those of a backup plan.
_needs_a_plan if count({class, input.kind} & {"file-system", "table", "volume", "aws.dsql.cluster"}) > 0
