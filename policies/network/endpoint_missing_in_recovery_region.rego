# METADATA
# title: A VPC endpoint has no counterpart in the recovery region
# description: |
#   Subnets without a way to the internet reach AWS by endpoints only. Where the recovery network lacks one, a service
#   starts and cannot fetch its image, its secret or its objects; or it does so through a NAT gateway, which may be
#   missing, forbidden by a policy, or dear.
#
#   A counterpart leads to the same service from the network that stands in for the endpoint's own.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
# custom:
#   id: endpoint-missing-in-recovery-region
#   severity: {default: low, pilot-light: medium, warm-standby: high, active-active: high}
#   for: [private-endpoint]
#   remediation:
#     summary: an endpoint for the same service in the recovery network
#     console: "VPC in the recovery region: Endpoints, Create endpoint, the same service."
#     cli: >-
#       aws ec2 create-vpc-endpoint --region RECOVERY_REGION --vpc-id RECOVERY_VPC --vpc-endpoint-type Interface
#       --service-name com.amazonaws.RECOVERY_REGION.SERVICE --subnet-ids SUBNET_A SUBNET_B
#     terraform: |
#       resource "aws_vpc_endpoint" "NAME" {
#         provider          = aws.recovery
#         vpc_id            = aws_vpc.RECOVERY.id
#         service_name      = "com.amazonaws.RECOVERY_REGION.SERVICE"
#         vpc_endpoint_type = "Interface"
#         subnet_ids        = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.endpoint_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf(
			"no endpoint leads to %s from a network in %s that stands in for its own, one is required",
			[input.network.service, recovery.place],
		),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that can be used is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
