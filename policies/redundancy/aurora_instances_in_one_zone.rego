# METADATA
# title: All instances of an Aurora cluster stand in one zone
# description: |
#   A reader in the writer's zone is lost together with it. The zones that the API lists for an Aurora cluster are
#   those of its storage, three of them even with one instance; what counts is where the instances stand.
#
#   A cluster with one instance is left to aurora-single-instance.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
# custom:
#   id: aurora-instances-in-one-zone
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [aws.rds.cluster]
#   remediation:
#     summary: availability_zone of one aws_rds_cluster_instance in another zone
#     console: >-
#       RDS: Databases, the cluster, Actions, Add reader, in another availability zone; then delete one of the old
#       readers.
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
package seaworthy.redundancy.aurora_instances_in_one_zone

applies if {
	input.database.topology == "aurora"
	input.replication.role != "replica"
	input.redundancy.instances > 1
}

deny contains finding if {
	count(input.redundancy.zones) == 1
	finding := {
		"message": sprintf(
			"all %d instances stand in %s, at least 2 zones are required",
			[input.redundancy.instances, input.redundancy.zones[0]],
		),
		"fact": "redundancy.zones",
		"actual": input.redundancy.zones,
		"required": 2,
	}
}

# Two zones are two, wherever the other instances stand.
satisfied if input.redundancy.zones[1]

# Of an Aurora cluster the API says this of its instances.
satisfied if input.redundancy.multi_zone == true
