# METADATA
# title: An add-on of a Kubernetes cluster is not in the recovery cluster
# description: |
#   Pods that need the driver for their volumes, the identity that they get their permissions by, or the metrics that
#   they grow by, do not start or do not work in a cluster that lacks it. It is seen only when they are to run there.
#
#   An add-on of the same name has to be in the cluster that stands in for its own, as one that EKS manages. What EKS Auto
#   Mode does by itself needs none there. Whether a cluster runs its own CoreDNS, kube-proxy or VPC CNI, which it gets when
#   it is made, is not read, so that those are unknown. Somebody who installs another add-on there by hand or by
#   Helm waives this. Where no cluster stands in, compute-missing-in-recovery-region says so.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/creating-an-add-on.html
# custom:
#   id: add-on-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [cluster-add-on]
#   remediation:
#     summary: the same add-on in the cluster {{joined.counterpart_cluster|that stands in}}
#     console: "In the recovery region: EKS, the cluster, Add-ons, Get more add-ons."
#     cli: >-
#       aws eks create-addon --region {{joined.recovery_region|RECOVERY_REGION}} --cluster-name
#       {{joined.counterpart_cluster|CLUSTER}} --addon-name NAME
#     terraform: |
#       resource "aws_eks_addon" "NAME" {
#         provider                 = aws.recovery
#         cluster_name             = aws_eks_cluster.RECOVERY.name
#         addon_name               = aws_eks_addon.SOURCE.addon_name
#         service_account_role_arn = aws_iam_role.RECOVERY.arn
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.compute.add_on_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart_cluster != null
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("the cluster %s in %s lacks the add-on", [input.joined.counterpart_cluster, recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

# One that waits for nodes is degraded, and does its work as soon as there are some.
deny contains finding if {
	input.joined.counterpart.state in {"create_failed", "deleting"}
	finding := {
		"message": sprintf("in the cluster %s in %s the add-on is %s, one that can be used is required", [
			input.joined.counterpart_cluster,
			recovery.place,
			state(input.joined.counterpart.state),
		]),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
