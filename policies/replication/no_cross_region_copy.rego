# METADATA
# title: Nothing of the data exists outside its region
# description: |
#   If the region is lost, so is the data: there is no replica, no member of a global database, no replicated
#   automated backup, no copied snapshot or recovery point from which it could be had elsewhere. Backups and
#   point-in-time recovery in the same region do not help, because they are lost with it.
#
#   Every mechanism counts that leaves something usable in another region. Replicas are not judged, their source is.
#   Caches are left to cache-data-in-one-region and cache-missing-in-recovery-region.
# related_resources:
#   - ref: https://docs.aws.amazon.com/prescriptive-guidance/latest/backup-recovery/cross-region-backup.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
# custom:
#   id: no-cross-region-copy
#   severity: critical
#   blocker: true
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: a copy_action to a vault in {{joined.recovery_region|the recovery region}}, or a cross-region replica
#     console: >-
#       AWS Backup: Backup plans, the plan, the rule, Copy to destination. RDS: the database, Actions, Manage
#       cross-Region replication, or Create read replica in another region.
#     cli: >-
#       aws rds start-db-instance-automated-backups-replication --region {{joined.recovery_region|RECOVERY_REGION}}
#       --source-db-instance-arn ARN
#       --backup-retention-period 7
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         name = "NAME"
#
#         rule {
#           rule_name         = "daily"
#           target_vault_name = "NAME"
#           schedule          = "cron(0 5 * * ? *)"
#
#           copy_action {
#             destination_vault_arn = "ARN of a vault in {{joined.recovery_region|the recovery region}}"
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-6(1), CP-9(3), CP-9(5)]
#     nist-csf-2.0: [PR.DS-11, RC.RP-03]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.13]
#     soc2: [A1.2, CC9.1]
#     hipaa: [164.308(a)(7)(ii)(A), 164.308(a)(7)(ii)(B)]
#     dora: [Art. 11, Art. 12, Art. 12(3)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.2(c)]
#     pci-dss: ["12.10.1"]
package seaworthy.replication.no_cross_region_copy

import data.seaworthy.lib.copy.closed
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
}

deny contains finding if {
	every copy in input.joined.copies { _lost(copy) }
	finding := {
		"message": "no usable copy of its data exists outside its region: 0 found, at least 1 is required",
		"fact": "joined.copies",
		"actual": 0,
		"required": 1,
		"details": {"not_usable": [copy.id | some copy in input.joined.copies]},
	}
}

# Of one that is there and that nobody may open, recovery-point-not-openable says so.
_lost(copy) if {
	copy.usable == false
	not closed(copy)
}

# One usable copy is enough, wherever else the search was not complete.
satisfied if {
	some copy in input.joined.copies
	copy.usable == true
}
