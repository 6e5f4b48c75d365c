# METADATA
# title: The change destroys data and leaves nothing to restore it from
# description: |
#   The plan deletes the resource, or replaces it by a new and empty one, and what would be left of its data is
#   nothing: no final snapshot is taken (skip_final_snapshot; of a volume, no final_snapshot), the contents go with it (force_destroy), there is no
#   window to restore it (recovery_window_in_days = 0), or it has no backups that outlive it. What decides is the
#   state, because Terraform deletes by what was applied last; setting the attribute in the same change does not
#   help.
#
#   Replicas and members of a cluster are not judged, nor are caches of which no snapshots are taken. Resources that
#   Terraform merely forgets stay where they are.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
# custom:
#   id: stateful-resource-deleted
#   severity: critical
#   blocker: true
#   for: [stateful, vault, secret]
#   change: true
#   remediation:
#     summary: skip_final_snapshot = false, applied before the change that deletes
#     console: Take a manual snapshot before the change is applied.
#     cli: aws rds create-db-snapshot --db-instance-identifier NAME --db-snapshot-identifier NAME-final
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         skip_final_snapshot       = false
#         final_snapshot_identifier = "NAME-final"
#
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#
#       resource "aws_secretsmanager_secret" "NAME" {
#         recovery_window_in_days = 30
#       }
#
#       resource "aws_s3_bucket" "NAME" {
#         force_destroy = false
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12]
#     nis2: [CIR 4.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
package seaworthy.change.stateful_resource_deleted

import data.seaworthy.lib.change.destroyed
import data.seaworthy.lib.change.was_not_a_member
import data.seaworthy.lib.change.was_not_a_replica
import data.seaworthy.lib.kind.class

applies if {
	destroyed
	was_not_a_member
	was_not_a_replica
	_was_meant_to_last
}

deny contains finding if {
	not class in _without_final_snapshot
	input.before.protection.final_snapshot == false
	finding := _finding("no final snapshot is taken", "protection.final_snapshot", false, true)
}

deny contains finding if {
	class in {"bucket", "vault"}
	input.before.protection.force_destroy == true
	finding := _finding("its contents go with it", "protection.force_destroy", true, false)
}

deny contains finding if {
	class == "secret"
	input.before.protection.recovery_window_days == 0
	finding := _finding("there is no window to restore it", "protection.recovery_window_days", 0, 7)
}

# A table with point-in-time recovery leaves a backup for 35 days, a file system its recovery points.
deny contains finding if {
	class in {"file-system", "table"}
	input.before.backup.enabled == false
	finding := _finding("no backup outlives it", "backup.enabled", false, true)
}

_finding(reason, fact, actual, required) := {
	"message": sprintf("a %s destroys it and %s, something to restore from is required", [input.change.action, reason]),
	"fact": fact,
	"actual": actual,
	"required": required,
}

_without_final_snapshot := {"bucket", "file-system", "secret", "table", "vault"}

_was_meant_to_last if class != "cache"

_was_meant_to_last if input.before.backup.enabled == true

_was_meant_to_last if input.before.database.durability in {"async", "sync"}
