# METADATA
# title: A health check depends on the region that is lost
# description: |
#   A health check that takes the state of a CloudWatch alarm knows nothing once the region of the alarm is lost: it
#   keeps the last state, or calls it healthy, and the primary is given out for ever. Only one that counts missing data
#   as unhealthy fails over.
#
#   A secondary must not depend on the lost region at all: gated by an alarm or an endpoint there, it is left out just
#   when it is needed. A primary that is gated by its own endpoint is right.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
# custom:
#   id: health-check-in-lost-region
#   severity:
#     default: medium
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   for: [dns-record]
#   remediation:
#     summary: a health check of the endpoint itself, or missing data that counts as unhealthy
#     console: >-
#       Route 53: Health checks, the check, Edit, Health check status when the alarm has insufficient data, Unhealthy.
#     cli: aws route53 update-health-check --health-check-id ID --insufficient-data-health-status Unhealthy
#     terraform: |
#       resource "aws_route53_health_check" "NAME" {
#         type                            = "CLOUDWATCH_METRIC"
#         cloudwatch_alarm_name           = "NAME"
#         cloudwatch_alarm_region         = "{{joined.recovery_region|a region that is not lost}}"
#         insufficient_data_health_status = "Unhealthy"
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.health_check_in_lost_region

applies if {
	input.joined.gate != null
	some _ in input.joined.lost_regions
}

deny contains finding if {
	input.joined.gate.alarm_region in input.joined.lost_regions
	not _fails_over
	finding := {
		"message": sprintf(
			"its health check takes the state of an alarm in %s, which has no data once that region is lost",
			[input.joined.gate.alarm_region],
		),
		"fact": "joined.gate.alarm_region",
		"actual": input.joined.gate.alarm_region,
		"required": "another region",
		"details": {"health_check": input.joined.gate.id},
	}
}

deny contains finding if {
	input.dns.failover == "secondary"
	input.joined.gate.endpoint_region in input.joined.lost_regions
	finding := {
		"message": sprintf(
			"its health check asks an endpoint in %s, so that the secondary is left out once that region is lost",
			[input.joined.gate.endpoint_region],
		),
		"fact": "joined.gate.endpoint_region",
		"actual": input.joined.gate.endpoint_region,
		"required": "another region",
		"details": {"health_check": input.joined.gate.id},
	}
}

# Without data it counts as down, which is what a primary needs.
_fails_over if {
	input.joined.gate.without_data == "unhealthy"
	input.dns.failover != "secondary"
}
