# METADATA
# title: A record that should fail over is gated by no health check
# description: |
#   Without a health check Route 53 takes the answer for healthy for ever: it is given out though the region behind it
#   is gone. That holds for the primary of a failover pair, and for records by weight, latency or place of which another
#   one leads to the recovery region.
#
#   A record whose health check was deleted is as bad: Route 53 takes that for healthy, too. Aliases that evaluate the
#   health of their target need none. Secondaries are the last resort, and are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
# custom:
#   id: failover-record-without-health-check
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   for: [dns-record]
#   remediation:
#     summary: a health check of the endpoint behind the record
#     console: "Route 53: Health checks, Create; then Hosted zones, the record, Edit, Health check ID."
#     cli: aws route53 create-health-check --caller-reference REFERENCE --health-check-config file://check.json
#     terraform: |
#       resource "aws_route53_health_check" "NAME" {
#         type              = "HTTPS"
#         fqdn              = aws_lb.SOURCE.dns_name
#         port              = 443
#         resource_path     = "/health"
#         request_interval  = 10
#         failure_threshold = 3
#       }
#
#       resource "aws_route53_record" "NAME" {
#         health_check_id = aws_route53_health_check.NAME.id
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.failover_record_without_health_check

applies if input.dns.failover == "primary"

applies if {
	input.dns.policy in {"cidr", "geolocation", "geoproximity", "latency", "multivalue", "weighted"}
	input.joined.recovery_region != null
	some sibling in input.joined.siblings
	sibling.in_recovery_place == true
}

deny contains finding if {
	input.dns.alias == false
	input.dns.health_check == null
	finding := {
		"message": sprintf("it is given out whatever becomes of %s, a health check is required", [_targets]),
		"fact": "dns.health_check",
		"actual": null,
		"required": "a health check",
	}
}

deny contains finding if {
	input.joined.gate.exists == false
	finding := {
		"message": sprintf(
			"its health check %s does not exist, which counts as healthy; one that exists is required",
			[input.joined.gate.id],
		),
		"fact": "joined.gate.exists",
		"actual": false,
		"required": true,
	}
}

_targets := concat(", ", input.dns.targets)
