# METADATA
# title: A subnet has no way out in the recovery region
# description: |
#   Here a default route leads out of the subnet; from the one that stands in for it, none does: the NAT gateway was left out
#   to save money, or deleted, and its route is a black hole. What starts there calls no other service, and where load
#   balancers stand nobody gets in.
#
#   Any default route there that is in force is enough, whatever it leads through: a NAT gateway, a transit gateway, an
#   appliance. Judged for subnets with compute, load balancers or NAT gateways in them; data alone needs no way out. Under
#   backup and restore and pilot light a gateway may be made on the day; so it is no blocker there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
# custom:
#   id: default-route-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: critical, active-active: critical}
#   blocker: [warm-standby, active-active]
#   for: [aws.ec2.subnet]
#   remediation:
#     summary: a default route for the subnet's table in the recovery network, through a gateway of its own
#     console: "VPC in the recovery region: NAT gateways, Create; then Route tables, Edit routes, 0.0.0.0/0."
#     cli: >-
#       aws ec2 create-route --region RECOVERY_REGION --route-table-id TABLE --destination-cidr-block 0.0.0.0/0
#       --nat-gateway-id NAT_GATEWAY
#     terraform: |
#       resource "aws_route" "NAME" {
#         provider               = aws.recovery
#         route_table_id         = aws_route_table.RECOVERY.id
#         destination_cidr_block = "0.0.0.0/0"
#         nat_gateway_id         = aws_nat_gateway.RECOVERY.id
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.default_route_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.route

applies if {
	input.joined.recovery_region != null
	input.joined.ways_out != []
}

# Without a counterpart that is known there is nothing to compare, and subnet-missing-in-recovery-region says so.
arises if some _ in input.joined.ways_out

deny contains finding if {
	some way in input.joined.ways_out
	way.destination == "0.0.0.0/0"
	way.there == null
	way.missing == true
	finding := {
		"message": sprintf(
			"its counterpart in %s has no default route, one as here through %s is required",
			[recovery.place, route.through(way.via)],
		),
		"fact": "joined.ways_out",
		"actual": null,
		"required": way.destination,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
