# METADATA
# title: Policy of the organization denies the recovery region
# description: |
#   Many organizations allow a few regions and deny all others, by a service control policy that is attached far above
#   the account. If the recovery region is among the others, nothing can be made there, whatever the role of the caller
#   allows; and the error looks like a missing permission of that role.
#
#   All service control and resource control policies above the account are looked at, as the management account tells
#   them. A statement counts if it denies a service of something that comes back; services that it leaves alone
#   (NotAction) do not count, nor do actions that only take away. Where a statement spares some callers, or asks for
#   anything else of the request, the verdict is unknown.
# related_resources:
#   - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
# custom:
#   id: scp-denies-recovery-region
#   severity: critical
#   blocker: true
#   for: [region]
#   remediation:
#     summary: the recovery region among the regions that the policy leaves open
#     console: >-
#       In the management account: AWS Organizations, Policies, Service control policies, the policy, Edit policy.
#     cli: >-
#       aws organizations update-policy --policy-id POLICY_ID --content file://policy.json
#     terraform: |
#       data "aws_iam_policy_document" "regions" {
#         statement {
#           effect      = "Deny"
#           not_actions = ["iam:*", "organizations:*", "route53:*", "support:*"]
#           resources   = ["*"]
#
#           condition {
#             test     = "StringNotEquals"
#             variable = "aws:RequestedRegion"
#             values   = ["SOURCE_REGION", "{{required|RECOVERY_REGION}}"]
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(C), 164.312(a)(2)(ii)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1, CIR 4.1.2(g)]
package seaworthy.limits.scp_denies_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.needed_in_recovery == true
}

deny contains finding if {
	some denial in input.joined.denials
	denial.certain == true
	finding := {
		"message": sprintf("%s denies %s in %s", [denial.at, concat(", ", denial.services), recovery.place]),
		"fact": "joined.denials",
		"actual": denial.value,
		"required": input.joined.recovery_region,
		"details": {"policy": denial.policy},
	}
}
