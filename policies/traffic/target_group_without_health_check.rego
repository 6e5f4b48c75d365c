# METADATA
# title: A target group has no health check
# description: |
#   Nobody asks the targets whether they work. A target that fails goes on getting requests, and an alias record that
#   evaluates the health of the load balancer never leaves it out, so that DNS does not fail over either.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
# custom:
#   id: target-group-without-health-check
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [target-group]
#   remediation:
#     summary: a health check that asks what the application needs to work
#     console: "EC2: Target Groups, the group, Health checks, Edit, Health checks."
#     cli: aws elbv2 modify-target-group --target-group-arn ARN --health-check-enabled --health-check-path /health
#     terraform: |
#       resource "aws_lb_target_group" "NAME" {
#         health_check {
#           enabled = true
#           path    = "/health"
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
package seaworthy.traffic.target_group_without_health_check

deny contains finding if {
	input.health_check.enabled == false
	finding := {
		"message": "nobody checks whether its targets work, a health check is required",
		"fact": "health_check.enabled",
		"actual": false,
		"required": true,
	}
}
