# METADATA
# title: No safety rule keeps routing controls from being off all at once
# description: |
#   Routing controls are flipped under pressure, by hand or by a script. Without an assertion rule, a slip of the hand
#   turns all of them off, and the application answers from nowhere, or from both regions at once.
#
#   Judged are control panels with two routing controls or more that no assertion is about. A gating rule does not count:
#   it says who may flip, and not how the switches may stand.
# related_resources:
#   - ref: https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
# custom:
#   id: routing-controls-without-safety-rule
#   severity: {default: low, warm-standby: medium, active-active: medium}
#   for: [aws.route53recoverycontrolconfig.control-panel]
#   remediation:
#     summary: an assertion rule by which at least one routing control stays on
#     console: "Application Recovery Controller: Routing control, the control panel, Safety rules, Add, Assertion rule."
#     cli: >-
#       aws route53-recovery-control-config create-safety-rule --region us-west-2 --assertion-rule file://rule.json
#     terraform: |
#       resource "aws_route53recoverycontrolconfig_safety_rule" "NAME" {
#         name              = "one-region-on"
#         control_panel_arn = aws_route53recoverycontrolconfig_control_panel.NAME.arn
#         wait_period_ms    = 5000
#
#         asserted_controls = [
#           aws_route53recoverycontrolconfig_routing_control.source.arn,
#           aws_route53recoverycontrolconfig_routing_control.recovery.arn,
#         ]
#
#         rule_config {
#           type      = "ATLEAST"
#           threshold = 1
#           inverted  = false
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
package seaworthy.traffic.routing_controls_without_safety_rule

deny contains finding if {
	count(input.joined.unguarded_controls) > 1
	finding := {
		"message": sprintf(
			"no rule keeps %d of its routing controls from being off all at once, an assertion is required",
			[count(input.joined.unguarded_controls)],
		),
		"fact": "joined.unguarded_controls",
		"actual": input.joined.unguarded_controls,
		"required": [],
	}
}
