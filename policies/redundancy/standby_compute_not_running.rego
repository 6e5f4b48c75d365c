# METADATA
# title: The compute that stands in for it in the recovery region does not run
# description: |
#   Warm standby promises something small that runs and is scaled up, active-active promises that both regions serve all
#   the time. With nothing running it is a pilot light: everything has to be started during the outage, when capacity is
#   scarce, and nobody knows whether it starts at all.
#
#   What is asked for counts, the desired capacity of the counterpart; for a cluster that of all its groups of nodes. A
#   cluster that adds nodes itself (EKS Auto Mode, Fargate) starts what is asked for. A group or a service that runs
#   nothing in its own region, either, is not judged. Under pilot light and backup and restore, and where no pattern is
#   stated, the question does not arise.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: standby-compute-not-running
#   severity:
#     default: critical
#     backup-restore: none
#     pilot-light: none
#   blocker: [warm-standby, active-active]
#   for: [scaling-group, kubernetes-cluster, container-service]
#   remediation:
#     summary: min_size and desired_capacity of at least 1 in the recovery region
#     console: "In the recovery region: EC2, Auto Scaling groups, the group, Details, Edit, Desired capacity."
#     cli: >-
#       aws autoscaling update-auto-scaling-group --region RECOVERY_REGION --auto-scaling-group-name NAME --min-size 2
#       --desired-capacity 2; aws ecs update-service --region RECOVERY_REGION --cluster CLUSTER --service NAME
#       --desired-count 2
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         provider         = aws.recovery
#         min_size         = 2
#         desired_capacity = 2
#       }
#
#       resource "aws_eks_node_group" "NAME" {
#         provider = aws.recovery
#
#         scaling_config {
#           min_size     = 2
#           desired_size = 2
#           max_size     = 6
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.standby_compute_not_running

import data.seaworthy.lib.compute.stands_alone
import data.seaworthy.lib.kind.class
import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.pattern != null
	stands_alone
	_runs
	input.joined.counterpart != null
}

_runs if class == "kubernetes-cluster"

_runs if input.capacity.desired != 0

deny contains finding if {
	input.joined.standby_desired == 0
	finding := {
		"message": sprintf(
			"its counterpart in %s is to run 0 %s, at least 1 is required",
			[recovery.place, object.get({"container-service": "tasks"}, class, "instances")],
		),
		"fact": "joined.standby_desired",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
