# METADATA
# title: Compute has no counterpart in the recovery region
# description: |
#   The data is there, and nothing serves it. An Auto Scaling group or a cluster has to be in the recovery region before
#   the outage: its image, its launch template, its roles, its subnets and its quotas are known to work only then, and
#   capacity is scarce just when everybody fails over.
#
#   A counterpart has the same name, but for the region in it, or is the only one of its application there. Where
#   neither decides, the verdict is unknown. What is in a cluster is judged with the cluster. Under backup and restore
#   compute may be made anew from code, which is slower but a plan; so it is no blocker there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
# custom:
#   id: compute-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: medium
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [scaling-group, kubernetes-cluster]
#   remediation:
#     summary: the same group or cluster in the recovery region, from the same code
#     console: >-
#       In the recovery region: EC2, Auto Scaling groups, Create Auto Scaling group with the same name; or EKS, Create
#       cluster.
#     cli: >-
#       aws autoscaling create-auto-scaling-group --region RECOVERY_REGION --auto-scaling-group-name NAME
#       --launch-template LaunchTemplateName=NAME --min-size 0 --max-size 4 --vpc-zone-identifier SUBNET_A,SUBNET_B
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         provider            = aws.recovery
#         name                = aws_autoscaling_group.SOURCE.name
#         min_size            = 0
#         max_size            = aws_autoscaling_group.SOURCE.max_size
#         vpc_zone_identifier = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#
#         launch_template {
#           id = aws_launch_template.RECOVERY.id
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(1), CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.compute_missing_in_recovery_region

import data.seaworthy.lib.compute.stands_alone
import data.seaworthy.lib.kind.class
import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	stands_alone
	_may_run
}

_may_run if class != "scaling-group"

# A group that may run nothing serves nobody.
_may_run if input.capacity.max != 0

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("nothing stands in for it in %s, where something that can be started is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that can be used is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

deny contains finding if {
	input.joined.standby_max == 0
	finding := {
		"message": sprintf("its counterpart in %s may run 0 instances, at least 1 is required", [recovery.place]),
		"fact": "joined.standby_max",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
