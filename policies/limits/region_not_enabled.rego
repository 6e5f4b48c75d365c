# METADATA
# title: Recovery region is not enabled in the account
# description: |
#   Regions that were added since 2019 are off until somebody enables them, account by account. In one that is not
#   enabled nothing can be made or read. Enabling takes from minutes to hours, and needs the control plane of another
#   region, which may be the one that is lost.
#
#   The region that something comes back from is judged, in the account that comes back; the region that has to be
#   enabled is the one that the recovery pair names, in the account that it names.
# related_resources:
#   - ref: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
# custom:
#   id: region-not-enabled
#   severity: critical
#   blocker: true
#   for: [region]
#   remediation:
#     summary: the recovery region enabled in the account
#     console: >-
#       Account menu, Account, AWS Regions, the region, Enable.
#     cli: >-
#       aws account enable-region --region-name {{required|RECOVERY_REGION}}
#     terraform: |
#       resource "aws_account_region" "recovery" {
#         region_name = "{{required|RECOVERY_REGION}}"
#         enabled     = true
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1, CIR 4.1.2(g)]
package seaworthy.limits.region_not_enabled

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.needed_in_recovery == true
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf("%s is not enabled, and what is here is to come back there", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": input.joined.recovery_region,
		"details": {"account": input.joined.recovery_account},
	}
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("there is no region %s, and what is here is to come back there", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": input.joined.recovery_region,
		"details": {"account": input.joined.recovery_account},
	}
}
