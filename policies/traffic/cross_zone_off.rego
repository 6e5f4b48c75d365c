# METADATA
# title: Cross-zone load balancing is off
# description: |
#   Each node of the load balancer sends to the targets of its own zone only. A zone whose targets are gone, or few,
#   goes on getting its share of the requests, until DNS leaves the zone out, and the other zones cannot help.
#
#   Application load balancers always have it on, but one of their target groups may switch it off. Network and gateway
#   load balancers have it off unless it is switched on. Whoever keeps zones apart on purpose, with enough targets in
#   each, waives this.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cross-zone.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
# custom:
#   id: cross-zone-off
#   severity: {default: low, warm-standby: medium, active-active: medium}
#   for: [load-balancer, target-group]
#   remediation:
#     summary: load_balancing.cross_zone.enabled = true
#     console: "EC2: Load Balancers, the load balancer, Attributes, Edit, Enable cross-zone load balancing."
#     cli: >-
#       aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes
#       Key=load_balancing.cross_zone.enabled,Value=true
#     terraform: |
#       resource "aws_lb" "NAME" {
#         load_balancer_type               = "network"
#         enable_cross_zone_load_balancing = true
#       }
#
#       resource "aws_lb_target_group" "NAME" {
#         load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.cross_zone_off

import data.seaworthy.lib.kind.class

applies if class == "target-group"

# With one zone there is nothing to cross to; another policy says so.
applies if {
	class == "load-balancer"
	input.redundancy.multi_zone != false
}

deny contains finding if {
	input.traffic.cross_zone == false
	finding := {
		"message": "sends only to the targets of the zone that a request came in by, those of every zone are required",
		"fact": "traffic.cross_zone",
		"actual": false,
		"required": true,
	}
}
