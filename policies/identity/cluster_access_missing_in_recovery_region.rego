# METADATA
# title: Who may use a Kubernetes cluster may not use the recovery cluster
# description: |
#   Roles live once an account, but each cluster has its own list of who may use it. A pipeline or an operator who is not
#   on that of the recovery cluster can neither deploy nor look there, and only somebody who is can let them in: the API
#   of EKS works for those with rights in IAM, if they are to be had that day.
#
#   Judged are access entries of people and tools (type STANDARD). The entry has to be for the same principal, or for one of
#   the same name but for the region in it. Where the recovery cluster also says in its config map aws-auth who may use it,
#   or is not made yet, so that whoever makes it may be let in by that, a missing entry is unknown. EKS itself makes the entries of services and of nodes. What an entry allows is not
#   compared. Where no cluster stands in, compute-missing-in-recovery-region says so.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
# custom:
#   id: cluster-access-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [cluster-access]
#   remediation:
#     summary: an access entry for the same principal in the cluster {{joined.counterpart_cluster|that stands in}}
#     console: "In the recovery region: EKS, the cluster, Access, IAM access entries, Create access entry."
#     cli: >-
#       aws eks create-access-entry --region {{joined.recovery_region|RECOVERY_REGION}} --cluster-name
#       {{joined.counterpart_cluster|CLUSTER}} --principal-arn {{kubernetes.principal|ARN}}
#     terraform: |
#       resource "aws_eks_access_entry" "NAME" {
#         provider          = aws.recovery
#         cluster_name      = aws_eks_cluster.RECOVERY.name
#         principal_arn     = aws_eks_access_entry.SOURCE.principal_arn
#         kubernetes_groups = aws_eks_access_entry.SOURCE.kubernetes_groups
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.identity.cluster_access_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart_cluster != null
	input.kubernetes.access_type == "standard"

	# Names that begin so are those of service-linked roles.
	not startswith(input.name, "role/AWSServiceRoleFor")
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("%s may not use the cluster %s in %s, an access entry there is required", [
			input.name,
			input.joined.counterpart_cluster,
			recovery.place,
		]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}
