# METADATA
# title: A subnet group has no counterpart in the recovery region
# description: |
#   A database is restored, or a replica made, into a subnet group, and so is a cache. Without one in the recovery region
#   the restore fails, or lands in the default network, where nothing of the application reaches it.
#
#   A counterpart has the same name, but for the region in it, or is the only one of its application there, or the only
#   one of either place. Where none of these decides, the verdict is unknown. Judged for groups that something uses.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
# custom:
#   id: subnet-group-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [network]
#   except: [aws.ec2.subnet]
#   remediation:
#     summary: a subnet group of the same name in the recovery region
#     console: "RDS or ElastiCache in the recovery region: Subnet groups, Create subnet group."
#     cli: >-
#       aws rds create-db-subnet-group --region RECOVERY_REGION --db-subnet-group-name NAME
#       --db-subnet-group-description NAME --subnet-ids SUBNET_A SUBNET_B; aws elasticache create-cache-subnet-group
#       --region RECOVERY_REGION --cache-subnet-group-name NAME --cache-subnet-group-description NAME
#       --subnet-ids SUBNET_A SUBNET_B
#     terraform: |
#       resource "aws_db_subnet_group" "NAME" {
#         provider   = aws.recovery
#         name       = aws_db_subnet_group.SOURCE.name
#         subnet_ids = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#       }
#
#       resource "aws_elasticache_subnet_group" "NAME" {
#         provider   = aws.recovery
#         name       = aws_elasticache_subnet_group.SOURCE.name
#         subnet_ids = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.subnet_group_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.used_by != null
	count(input.joined.used_by) > 0
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no subnet group stands in for it in %s, where one is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}
