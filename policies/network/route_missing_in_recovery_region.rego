# METADATA
# title: A subnet leads to less in the recovery region
# description: |
#   The application starts, and one of its calls times out: the route to the data centre, to a partner or to another account
#   was added by hand, in one region only. Or a public subnet has a private one as its counterpart, and load balancers in it
#   get no requests.
#
#   Routes are compared by where they lead, not by what they lead through: a wider one covers a narrower one, and a transit
#   gateway stands for a VPN. Only the internet gateway counts as itself: nobody calls in through anything else, and nothing
#   without a public address gets out by it. Not compared: routes to networks of the lost region, peerings, gateway endpoints.
#   A range that is in no network of the region that was collected is taken to be outside of it. That there is no
#   default route at all is asked by default-route-missing-in-recovery-region.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
# custom:
#   id: route-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [aws.ec2.subnet]
#   remediation:
#     summary: the same routes in both regions, from one module
#     console: "VPC in the recovery region: Route tables, the table of the counterpart, Edit routes."
#     cli: >-
#       aws ec2 create-route --region RECOVERY_REGION --route-table-id TABLE --destination-cidr-block DESTINATION
#       --transit-gateway-id TRANSIT_GATEWAY
#     terraform: |
#       resource "aws_route" "NAME" {
#         provider               = aws.recovery
#         route_table_id         = aws_route_table.RECOVERY.id
#         destination_cidr_block = "DESTINATION"
#         transit_gateway_id     = aws_ec2_transit_gateway.RECOVERY.id
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.route_missing_in_recovery_region

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
	way.destination != "0.0.0.0/0"
	way.there == null
	way.missing == true
	finding := {
		"message": sprintf(
			"its counterpart in %s has no way to %s, one as here through %s is required",
			[recovery.place, way.destination, route.through(way.via)],
		),
		"fact": "joined.ways_out",
		"actual": null,
		"required": way.destination,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

deny contains finding if {
	some way in input.joined.ways_out
	way.there != null
	way.missing == true
	finding := {
		"message": sprintf(
			"its counterpart in %s leads to %s through %s, %s as here is required",
			[recovery.place, way.destination, route.through(way.there), route.through(way.via)],
		),
		"fact": "joined.ways_out",
		"actual": way.there,
		"required": way.via,
		"details": {"counterpart": input.joined.counterpart.id, "destination": way.destination},
	}
}
