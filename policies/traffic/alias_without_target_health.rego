# METADATA
# title: An alias does not look at the health of what it stands for
# description: |
#   Route 53 gives the alias out as healthy for ever, though all targets of the load balancer are down. With
#   evaluate_target_health it is left out as soon as the load balancer has nothing healthy to send to.
#
#   An alias that is gated by a health check of its own is not judged, nor is a secondary, which is the last resort, nor
#   an alias without siblings, which is given out anyhow.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
# custom:
#   id: alias-without-target-health
#   severity:
#     default: medium
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   for: [dns-record]
#   remediation:
#     summary: evaluate_target_health = true
#     console: "Route 53: Hosted zones, the record, Edit, Evaluate target health."
#     cli: aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://alias.json
#     terraform: |
#       resource "aws_route53_record" "NAME" {
#         alias {
#           name                   = aws_lb.NAME.dns_name
#           zone_id                = aws_lb.NAME.zone_id
#           evaluate_target_health = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.alias_without_target_health

applies if {
	input.dns.alias == true
	input.dns.policy != "simple"
	input.dns.failover != "secondary"
	input.dns.health_check == null
}

deny contains finding if {
	input.dns.evaluates_target_health == false
	finding := {
		"message": sprintf(
			"it is given out whatever becomes of %s, evaluating the health of its target is required",
			[concat(", ", input.dns.targets)],
		),
		"fact": "dns.evaluates_target_health",
		"actual": false,
		"required": true,
	}
}
