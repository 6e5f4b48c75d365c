# METADATA
# title: A health check of DNS is disabled
# description: |
#   Route 53 stops asking and counts the check as healthy for ever, so that the records that it gates never fail over.
#   It is easily left so after maintenance.
#
#   Health checks that gate nothing are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-deleting.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
# custom:
#   id: health-check-disabled
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   for: [health-check]
#   remediation:
#     summary: disabled = false
#     console: "Route 53: Health checks, the check, Edit, Enable."
#     cli: aws route53 update-health-check --health-check-id ID --no-disabled
#     terraform: |
#       resource "aws_route53_health_check" "NAME" {
#         disabled = false
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.health_check_disabled

applies if {
	some _ in input.joined.used_by
}

deny contains finding if {
	input.health_check.enabled == false
	finding := {
		"message": "it is disabled, which counts as healthy for ever",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}
}
