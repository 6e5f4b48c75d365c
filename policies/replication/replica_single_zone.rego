# METADATA
# title: A replica in another region stands in one availability zone
# description: |
#   After a failover the replica carries production. Standing in one zone, it does not survive the loss of that
#   zone, and making it Multi-AZ under load takes long.
#
#   A secondary cluster without any instance is left to headless-global-cluster.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
# custom:
#   id: replica-single-zone
#   severity: {default: low, warm-standby: medium, active-active: high}
#   for: [database]
#   remediation:
#     summary: multi_az = true on the replica; two instances in a secondary cluster
#     console: >-
#       RDS: the replica, Modify, Create a standby instance. Aurora: the secondary cluster, Actions, Add reader.
#     cli: >-
#       aws rds modify-db-instance --region {{place.region|RECOVERY_REGION}} --db-instance-identifier NAME --multi-az
#       --apply-immediately
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
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.replication.replica_single_zone

import data.seaworthy.lib.unit.across_regions

applies if {
	input.replication.role == "replica"
	across_regions
	_has_an_instance
}

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "the replica stands in one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}

_has_an_instance if input.kind == "aws.rds.instance"

_has_an_instance if input.redundancy.instances > 0
