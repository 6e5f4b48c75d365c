# METADATA
# title: A service has no counterpart in the recovery region
# description: |
#   The database is there, and nothing serves it. A service of containers has to be in the recovery region before the
#   outage: that its image, its secrets, its roles and its network are right is known only then.
#
#   A counterpart has the same name, but for the region in it, in a cluster of the same name, or is the only one of its
#   application there. It may run nothing until then (pilot light). Under backup and restore a service may be made anew
#   from code, which is slower but a plan; so it is no blocker there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: service-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: medium
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [container-service]
#   remediation:
#     summary: the same service in {{joined.recovery_region|the recovery region}}, from the same code
#     console: "In the recovery region: Amazon ECS, Clusters, the cluster, Create service, with the same name."
#     cli: >-
#       aws ecs create-service --region {{joined.recovery_region|RECOVERY_REGION}} --cluster CLUSTER --service-name NAME
#       --task-definition NAME --desired-count 0 --network-configuration
#       awsvpcConfiguration={subnets=[SUBNET_A,SUBNET_B],securityGroups=[GROUP]}
#     terraform: |
#       resource "aws_ecs_service" "RECOVERY" {
#         provider        = aws.recovery
#         name            = aws_ecs_service.SOURCE.name
#         cluster         = aws_ecs_cluster.RECOVERY.id
#         task_definition = aws_ecs_task_definition.RECOVERY.arn
#         desired_count   = 0
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
package seaworthy.compute.service_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("nothing stands in for it in %s, a service that can be scaled up is required", [recovery.place]),
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
