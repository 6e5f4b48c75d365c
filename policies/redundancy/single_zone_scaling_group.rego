# METADATA
# title: An Auto Scaling group uses one availability zone
# description: |
#   If the zone fails, the group cannot launch anything elsewhere, and the service is down until its subnets are
#   changed by hand. Capacity in the remaining zones is scarce just then.
#
#   The groups behind nodes of Kubernetes are left to single-zone-node-group: one group a zone is a good pattern
#   there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
# custom:
#   id: single-zone-scaling-group
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [scaling-group]
#   remediation:
#     summary: vpc_zone_identifier with subnets in at least two zones
#     console: "EC2: Auto Scaling groups, the group, Network, Edit, add subnets in other zones."
#     cli: >-
#       aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier
#       SUBNET_A,SUBNET_B
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.single_zone_scaling_group

applies if not _kubernetes

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "uses one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}

_kubernetes if {
	some name, _ in input.tags
	startswith(name, "kubernetes.io/cluster/")
}
