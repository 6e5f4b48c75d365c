# METADATA
# title: Subnets of several zones leave by NAT gateways of one
# description: |
#   If that zone fails, whatever runs in the others loses its way out: it reaches no service without an endpoint, no
#   registry, no secret and no partner, although the zones themselves are fine. That turns the loss of a zone into an
#   outage of the region. It counts in the recovery region just as much.
#
#   A NAT gateway that the provider spreads over the zones by itself does not stand in one.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
# custom:
#   id: nat-in-one-zone
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [virtual-network]
#   remediation:
#     summary: a NAT gateway in each zone, and a route table for each zone that leads to its own
#     console: "VPC: NAT gateways, Create NAT gateway in a public subnet of the other zone; then Route tables."
#     cli: aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET_B --allocation-id ALLOCATION
#     terraform: |
#       resource "aws_nat_gateway" "NAME" {
#         for_each      = aws_subnet.public
#         subnet_id     = each.value.id
#         allocation_id = aws_eip.nat[each.key].id
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.nat_in_one_zone

applies if count(input.joined.zones_behind_nat) > 1

deny contains finding if {
	input.joined.nat_zones != null
	count(input.joined.nat_zones) == 1
	finding := {
		"message": sprintf(
			"subnets of %d zones leave by NAT gateways in %s alone, one in each zone is required",
			[count(input.joined.zones_behind_nat), input.joined.nat_zones[0]],
		),
		"fact": "joined.nat_zones",
		"actual": input.joined.nat_zones,
		"required": input.joined.zones_behind_nat,
	}
}
