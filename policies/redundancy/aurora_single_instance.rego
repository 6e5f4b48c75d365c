# METADATA
# title: An Aurora cluster has a single instance
# description: |
#   The storage of Aurora spans zones, but with one instance there is nothing to fail over to: when it is lost, a
#   new one has to be created first, which takes ten minutes or more and needs capacity in the zone just then.
#
#   Secondary clusters of a global database are left to replica-single-zone and headless-global-cluster. Serverless
#   v1 has no instances and is not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
# custom:
#   id: aurora-single-instance
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [aws.rds.cluster]
#   remediation:
#     summary: a second aws_rds_cluster_instance in another zone
#     console: "RDS: Databases, the cluster, Actions, Add reader, in another availability zone."
#     cli: >-
#       aws rds create-db-instance --db-cluster-identifier NAME --db-instance-identifier NAME-2 --engine ENGINE
#       --db-instance-class CLASS --availability-zone ZONE
#     terraform: |
#       resource "aws_rds_cluster_instance" "NAME" {
#         count              = 2
#         identifier         = "NAME-${count.index}"
#         cluster_identifier = aws_rds_cluster.NAME.id
#         engine             = aws_rds_cluster.NAME.engine
#         instance_class     = "db.r6g.large"
#         availability_zone  = ["us-east-1a", "us-east-1b"][count.index]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.aurora_single_instance

applies if {
	input.database.topology == "aurora"
	input.database.mode != "serverless"
	input.replication.role != "replica"
}

deny contains finding if {
	input.redundancy.instances in {0, 1}
	finding := {
		"message": sprintf("instances to serve it: %d, at least 2 are required", [input.redundancy.instances]),
		"fact": "redundancy.instances",
		"actual": input.redundancy.instances,
		"required": 2,
	}
}
