# METADATA
# title: A Kubernetes cluster or an add-on of it is not healthy
# description: |
#   A cluster whose key is disabled, or whose subnets, role or security groups are gone, runs on until something has to
#   change: then nodes do not join, versions cannot be updated, and a recovery that needs room in it fails. An add-on that
#   is not healthy leaves pods without names, volumes or permissions. EKS itself reports what is wrong.
#
#   An add-on that waits in a recovery region for nodes to run on lacks nothing else, and counts as healthy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/APIReference/API_ClusterIssue.html
#   - ref: https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonIssue.html
# custom:
#   id: kubernetes-cluster-not-healthy
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [kubernetes-cluster, cluster-add-on]
#   remediation:
#     summary: what the issue names, back in place
#     console: "EKS: the cluster, Overview, Cluster health issues; for an add-on: Add-ons, the add-on, Health issues."
#     cli: aws eks describe-cluster --name NAME --query cluster.health
#     terraform: |
#       resource "aws_eks_cluster" "NAME" {
#         name     = "NAME"
#         role_arn = aws_iam_role.NAME.arn
#
#         vpc_config {
#           subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-10]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.kubernetes_cluster_not_healthy

import data.seaworthy.lib.kind.class
import data.seaworthy.lib.text.state

# An add-on that has no nodes yet there waits for them.
_waits_for_nodes if {
	class == "cluster-add-on"
	input.joined.is_recovery_side
	input.kubernetes.issues == ["InsufficientNumberOfReplicas"]
}

_what := "add-on" if class == "cluster-add-on"

_what := "cluster" if class == "kubernetes-cluster"

deny contains finding if {
	input.status.healthy == false
	input.kubernetes.issues != []
	not _waits_for_nodes
	finding := {
		"message": sprintf("EKS reports issues of the %s: %s", [_what, concat(", ", input.kubernetes.issues)]),
		"fact": "kubernetes.issues",
		"actual": input.kubernetes.issues,
		"required": [],
	}
}

deny contains finding if {
	input.status.healthy == false
	input.kubernetes.issues == []
	finding := {
		"message": sprintf("the %s is %s, it is required to be active", [_what, state(input.status.state)]),
		"fact": "status.state",
		"actual": input.status.state,
		"required": "active",
	}
}
