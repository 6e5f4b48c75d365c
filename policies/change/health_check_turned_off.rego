# METADATA
# title: The change turns a health check off
# description: |
#   What fails is not noticed any more, and goes on getting requests: a target group without a health check sends to
#   targets that are down, a disabled health check of Route 53 counts as healthy for ever, and a record without one
#   never fails over.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
# custom:
#   id: health-check-turned-off
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   for: [target-group, health-check, dns-record]
#   change: true
#   remediation:
#     summary: the health check as before
#     console: Leave it as it is.
#     cli: aws route53 get-health-check --health-check-id ID
#     terraform: |
#       resource "aws_route53_health_check" "NAME" {
#         disabled = false
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
package seaworthy.change.health_check_turned_off

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if kept

deny contains finding if {
	class in {"health-check", "target-group"}
	input.before.health_check.enabled == true
	input.health_check.enabled == false
	finding := {
		"message": "the health check is turned off, before the change it was on",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}
}

deny contains finding if {
	class == "dns-record"
	input.before.dns.health_check != null
	input.dns.health_check == null
	finding := {
		"message": "no health check gates it any more, before the change one did",
		"fact": "dns.health_check",
		"actual": null,
		"required": input.before.dns.health_check,
	}
}

deny contains finding if {
	class == "dns-record"
	input.before.dns.evaluates_target_health == true
	input.dns.evaluates_target_health == false
	finding := {
		"message": "the health of its target is not evaluated any more, before the change it was",
		"fact": "dns.evaluates_target_health",
		"actual": false,
		"required": true,
	}
}
