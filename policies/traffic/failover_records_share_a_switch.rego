# METADATA
# title: A primary and its secondary are switched by the same thing
# description: |
#   Both records are gated by one health check, or by two that one routing control decides. What takes the primary out
#   takes the secondary out as well, and when none of them is healthy Route 53 answers with the primary again. So the
#   failover never happens, whoever flips the switch.
#
#   Two health checks of one routing control of which one is inverted are right: the one passes while the other fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-problems.html
#   - ref: https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.create-health-check.html
# custom:
#   id: failover-records-share-a-switch
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [dns-record]
#   remediation:
#     summary: a routing control and a health check of its own for each record
#     console: >-
#       Application Recovery Controller: Routing control, the control panel, Add routing control, then Create health
#       check; Route 53: Hosted zones, the secondary record, Edit, Health check ID.
#     cli: >-
#       aws route53 create-health-check --caller-reference REFERENCE --health-check-config
#       Type=RECOVERY_CONTROL,RoutingControlArn=ARN
#     terraform: |
#       resource "aws_route53recoverycontrolconfig_routing_control" "recovery" {
#         name              = "recovery"
#         cluster_arn       = aws_route53recoverycontrolconfig_cluster.NAME.arn
#         control_panel_arn = aws_route53recoverycontrolconfig_control_panel.NAME.arn
#       }
#
#       resource "aws_route53_health_check" "recovery" {
#         type                = "RECOVERY_CONTROL"
#         routing_control_arn = aws_route53recoverycontrolconfig_routing_control.recovery.arn
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.failover_records_share_a_switch

applies if {
	input.dns.failover == "primary"
	input.joined.gate != null
}

deny contains finding if {
	some secondary in _secondaries
	secondary.health_check == input.joined.gate.id
	finding := {
		"message": "its secondary is gated by the same health check, one of its own is required",
		"fact": "joined.siblings",
		"actual": secondary.health_check,
		"required": "another health check",
		"details": {"secondary": secondary.id},
	}
}

deny contains finding if {
	some secondary in _secondaries
	secondary.health_check != input.joined.gate.id
	secondary.routing_control == input.joined.gate.routing_control
	secondary.routing_control != null
	secondary.inverted == input.joined.gate.inverted
	finding := {
		"message": "the routing control of its health check decides its secondary, too; one of its own is required",
		"fact": "joined.siblings",
		"actual": secondary.routing_control,
		"required": "another routing control",
		"details": {"secondary": secondary.id},
	}
}

_secondaries contains secondary if {
	some secondary in input.joined.siblings
	secondary.failover == "secondary"
}
