# METADATA
# title: The addresses of a network overlap with those of its counterpart
# description: |
#   Two networks that are connected cannot both have an address: a peering between them is refused, and a transit gateway
#   routes to one of them only. Replication over private addresses, a failback and whoever is connected to both then
#   reach the wrong side, or nothing.
#
#   Judged where the two are connected, by a peering or by transit gateways, or where the pattern has both run at the same
#   time (warm standby, active-active).
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_network_topology_non_overlap_ip.html
# custom:
#   id: addresses-overlap
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [virtual-network]
#   remediation:
#     summary: ranges of its own for the network of the recovery region
#     console: "VPC in the recovery region: Create VPC with another IPv4 CIDR; a range cannot be changed afterwards."
#     cli: aws ec2 create-vpc --region RECOVERY_REGION --cidr-block 10.1.0.0/16
#     terraform: |
#       resource "aws_vpc" "RECOVERY" {
#         provider   = aws.recovery
#         cidr_block = "10.1.0.0/16"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.addresses_overlap

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart != null
	_both_are_reached
}

_both_are_reached if input.joined.connected == true

_both_are_reached if input.joined.pattern in {"warm-standby", "active-active"}

deny contains finding if {
	count(input.joined.overlapping) > 0
	finding := {
		"message": sprintf(
			"its counterpart in %s has addresses of %s, too, others are required",
			[recovery.place, concat(", ", input.joined.overlapping)],
		),
		"fact": "joined.overlapping",
		"actual": input.joined.overlapping,
		"required": [],
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
