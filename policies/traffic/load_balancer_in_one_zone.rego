# METADATA
# title: A load balancer uses one availability zone
# description: |
#   If the zone fails, nothing takes requests any more, though the targets in other zones run. A load balancer sends
#   only from the zones that it has a subnet in.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html
# custom:
#   id: load-balancer-in-one-zone
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [load-balancer]
#   remediation:
#     summary: subnets in at least two zones
#     console: "EC2: Load Balancers, the load balancer, Network mapping, Edit subnets, add a zone."
#     cli: aws elbv2 set-subnets --load-balancer-arn ARN --subnets SUBNET_A SUBNET_B
#     terraform: |
#       resource "aws_lb" "NAME" {
#         subnets = [aws_subnet.a.id, aws_subnet.b.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.load_balancer_in_one_zone

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "takes requests in one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}
