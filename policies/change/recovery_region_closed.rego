# METADATA
# title: The change closes a recovery region to accounts
# description: |
#   A region that is turned off for an account, and a policy of the organization that shuts it out, or is attached to more
#   accounts, let nobody make anything there from then on: nobody notices before the recovery, which is refused.
#
#   Accounts that nothing is to come back for may be meant; the plan of an organization does not say what runs in them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
# custom:
#   id: recovery-region-closed
#   severity: high
#   for: [guard-rail, region]
#   change: true
#   remediation:
#     summary: the region enabled, and among those that the statement leaves alone
#     console: "AWS Organizations: Policies, the policy, Edit policy."
#     cli: aws organizations describe-policy --policy-id ID
#     terraform: |
#       resource "aws_organizations_policy" "NAME" {
#         name = "NAME"
#
#         content = jsonencode({
#           Statement = [{
#             Effect    = "Deny"
#             Action    = "*"
#             Resource  = "*"
#             Condition = { StringNotEquals = { "aws:RequestedRegion" = ["us-east-1", "us-west-2"] } }
#           }]
#         })
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(C), 164.312(a)(2)(ii)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1]
package seaworthy.change.recovery_region_closed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

deny contains finding if {
	class == "guard-rail"
	input.joined.shut_out != null
	some region in input.joined.shut_out
	finding := {
		"message": sprintf("shuts %s out, in which others come back, before the change it did not", [region]),
		"fact": "joined.shut_out",
		"actual": region,
		"required": null,
	}
}

deny contains finding if {
	class == "region"
	kept
	input.joined.stands_in_for != []
	input.before.status.healthy == true
	input.status.healthy == false
	finding := {
		"message": sprintf("is turned off, what comes back here from %s requires it", [
			concat(", ", input.joined.stands_in_for),
		]),
		"fact": "status.healthy",
		"actual": false,
		"required": true,
	}
}
