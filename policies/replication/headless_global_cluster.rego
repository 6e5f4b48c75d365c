# METADATA
# title: The secondary cluster of a global database has no instance
# description: |
#   The data is replicated into storage, but nothing can serve it. A managed switchover or failover is refused until
#   an instance was added, which takes ten minutes or more and needs capacity in the recovery region at the time of
#   the outage.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
# custom:
#   id: headless-global-cluster
#   severity:
#     default: high
#     backup-restore: medium
#     pilot-light: medium
#     warm-standby: critical
#     active-active: critical
#   for: [database]
#   except: [aws.rds.instance]
#   remediation:
#     summary: an aws_rds_cluster_instance in the secondary cluster
#     console: "RDS in {{place.region|the recovery region}}: the secondary cluster, Actions, Add reader."
#     cli: >-
#       aws rds create-db-instance --region {{place.region|RECOVERY_REGION}} --db-cluster-identifier NAME
#       --db-instance-identifier NAME-1 --engine ENGINE --db-instance-class CLASS
#     terraform: |
#       resource "aws_rds_cluster_instance" "NAME" {
#         provider           = aws.recovery
#         cluster_identifier = aws_rds_cluster.SECONDARY.id
#         engine             = aws_rds_cluster.SECONDARY.engine
#         instance_class     = "db.r6g.large"
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
package seaworthy.replication.headless_global_cluster

applies if {
	input.replication.role == "replica"
	input.replication.global != null
}

deny contains finding if {
	input.redundancy.instances == 0
	finding := {
		"message": "the secondary cluster has 0 instances, at least 1 is required",
		"fact": "redundancy.instances",
		"actual": 0,
		"required": 1,
	}
}
