# METADATA
# title: All nodes of a Kubernetes cluster stand in one availability zone
# description: |
#   If the one zone fails that all managed node groups and Fargate profiles of the cluster use, no pod runs, although
#   the control plane is still there.
#
#   One node group a zone is a good pattern, so what counts is the zones of all of them together. Clusters that add
#   nodes by themselves (EKS Auto Mode) are not judged; those in Auto Mode that bring node pools of their own are
#   unknown, because these stand in the cluster.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/best-practices/reliability.html
# custom:
#   id: single-zone-node-group
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [node-group]
#   remediation:
#     summary: subnet_ids in at least two zones
#     console: >-
#       EKS: the cluster, Compute, Add node group, with subnets in other zones. The subnets of a node group cannot be
#       changed.
#     cli: >-
#       aws eks create-nodegroup --cluster-name CLUSTER --nodegroup-name NAME --node-role ROLE_ARN --subnets SUBNET_A
#       SUBNET_B
#     terraform: |
#       resource "aws_eks_node_group" "NAME" {
#         subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.single_zone_node_group

applies if input.joined.cluster_zones != null

deny contains finding if {
	input.joined.cluster_zones != null
	count(input.joined.cluster_zones) == 1
	finding := {
		"message": sprintf(
			"all nodes of its cluster stand in %s, at least 2 zones are required",
			[input.joined.cluster_zones[0]],
		),
		"fact": "joined.cluster_zones",
		"actual": input.joined.cluster_zones,
		"required": 2,
	}
}

# Two zones are two, wherever the other nodes stand.
satisfied if input.joined.cluster_zones[1]
