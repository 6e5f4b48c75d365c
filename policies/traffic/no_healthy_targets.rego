# METADATA
# title: A load balancer has nothing healthy to send to
# description: |
#   None of the targets takes requests now: they are down, or there is none. In the source region that is an outage. In
#   the recovery region, warm standby and active-active promise that something answers there all the time; under pilot
#   light and backup and restore nothing runs there, and the question does not arise.
#
#   An endpoint group of an accelerator is judged alike, in the region of its endpoints. A group that no load balancer and
#   no accelerator sends to is not judged. The running estate alone can tell; a plan cannot.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
# custom:
#   id: no-healthy-targets
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   for: [target-group]
#   remediation:
#     summary: at least one target that passes its health check
#     console: "EC2: Target Groups, the group, Targets: the reason is in the column Health status details."
#     cli: aws elbv2 describe-target-health --target-group-arn ARN
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         target_group_arns = [aws_lb_target_group.NAME.arn]
#         min_size          = 1
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
package seaworthy.traffic.no_healthy_targets

applies if {
	_is_used
	input.joined.is_recovery_side == false
}

applies if {
	_is_used
	input.joined.pattern in {"warm-standby", "active-active"}
}

_is_used if {
	some _ in input.traffic.balancers
}

deny contains finding if {
	input.traffic.healthy_targets == 0
	finding := {
		"message": sprintf("0 of its %d targets are healthy, at least 1 is required", [input.traffic.targets]),
		"fact": "traffic.healthy_targets",
		"actual": 0,
		"required": 1,
	}
}
