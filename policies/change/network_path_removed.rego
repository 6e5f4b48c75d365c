# METADATA
# title: The change takes a way into or out of a network away
# description: |
#   The plan deletes a NAT gateway, an internet gateway, an endpoint, a peering, an attachment to a transit gateway (that
#   of a network or that of another gateway), the route table of one, or a route to one of these. What went that way goes
#   nowhere from then on: replication over private addresses, secrets and images fetched by an endpoint, every call to the
#   outside. In the recovery region nobody notices before the failover.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html
# custom:
#   id: network-path-removed
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [gateway, private-endpoint, network-connection, route-table]
#   change: true
#   remediation:
#     summary: keep it, or make the other way first
#     console: Leave it as it is.
#     cli: terraform plan -target=ADDRESS
#     terraform: |
#       resource "aws_vpc_endpoint" "NAME" {
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.change.network_path_removed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class
import data.seaworthy.lib.route

deny contains finding if {
	input.kind != "aws.ec2.route-table"
	input.change.action == "delete"
	finding := {
		"message": "is deleted, and what went this way into or out of its network goes nowhere",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}
}

deny contains finding if {
	class == "route-table"
	kept
	some was in input.before.routing.routes
	was.via != "local"
	every other in input.routing.routes { other.destination != was.destination }
	finding := {
		"message": sprintf("the route to %s through %s is removed, before the change there was one", [
			was.destination,
			route.through(was.via),
		]),
		"fact": "routing.routes",
		"actual": null,
		"required": was.destination,
	}
}
