# METADATA
# title: A network has no counterpart in the recovery region
# description: |
#   A copy of the data can be restored, and stands in no network that anything of the application reaches. Subnets,
#   routes, endpoints and rules take hours to make by hand, and their address ranges have to be agreed with everybody
#   who is connected.
#
#   A counterpart has the same tag Name, but for the region in it, or is the only one of its application there, or the
#   only network of either place. Where none of these decides, the verdict is unknown. Judged for networks that belong to
#   an application. Under backup and restore a network may be made anew from code; so it is no blocker there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html
# custom:
#   id: network-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: medium
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [virtual-network]
#   remediation:
#     summary: a network of the same name in the recovery region, from the same code, with other addresses
#     console: "VPC in the recovery region: Create VPC, VPC and more."
#     cli: >-
#       aws ec2 create-vpc --region RECOVERY_REGION --cidr-block 10.1.0.0/16 --tag-specifications
#       'ResourceType=vpc,Tags=[{Key=Name,Value=NAME}]'
#     terraform: |
#       resource "aws_vpc" "NAME" {
#         provider   = aws.recovery
#         cidr_block = "10.1.0.0/16"
#         tags       = { Name = "NAME" }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.network_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	count(input.joined.applications) > 0
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no network stands in for it in %s, where one is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}
