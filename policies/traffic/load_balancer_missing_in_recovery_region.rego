# METADATA
# title: A load balancer has no counterpart in the recovery region
# description: |
#   Machines run in the recovery region, and no request reaches them. A load balancer takes minutes to make, and what
#   belongs to it takes longer: listeners, rules, certificates, security groups, and the DNS records that are to lead to
#   it, whose names are known only once it is there.
#
#   A counterpart is of the same type and scheme, and has the same name, but for the region in it, or is the only one of
#   its application there. Where neither decides, the verdict is unknown. It has to listen on the same ports. Under
#   backup and restore it may be made anew from code.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/what-is-load-balancing.html
# custom:
#   id: load-balancer-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   blocker: [warm-standby, active-active]
#   for: [load-balancer]
#   remediation:
#     summary: the same load balancer with its listeners in the recovery region, from the same code
#     console: >-
#       In the recovery region: EC2, Load Balancers, Create load balancer with the same name, type, scheme and
#       listeners.
#     cli: >-
#       aws elbv2 create-load-balancer --region {{joined.recovery_region|RECOVERY_REGION}} --name NAME --subnets
#       SUBNET_A SUBNET_B
#     terraform: |
#       resource "aws_lb" "NAME" {
#         provider           = aws.recovery
#         name               = aws_lb.SOURCE.name
#         load_balancer_type = aws_lb.SOURCE.load_balancer_type
#         internal           = aws_lb.SOURCE.internal
#         subnets            = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#       }
#
#       resource "aws_lb_listener" "NAME" {
#         provider          = aws.recovery
#         load_balancer_arn = aws_lb.NAME.arn
#         port              = 443
#         protocol          = "HTTPS"
#         certificate_arn   = aws_acm_certificate.RECOVERY.arn
#
#         default_action {
#           type             = "forward"
#           target_group_arn = aws_lb_target_group.RECOVERY.arn
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.load_balancer_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no load balancer stands in for it in %s, where one is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that takes requests is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

deny contains finding if {
	ports := input.joined.missing_ports
	ports != null
	ports != []
	finding := {
		"message": sprintf(
			"its counterpart in %s does not listen on port %s, as it does itself",
			[recovery.place, concat(", ", [sprintf("%d", [port]) | some port in ports])],
		),
		"fact": "joined.missing_ports",
		"actual": ports,
		"required": [],
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
