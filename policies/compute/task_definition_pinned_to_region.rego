# METADATA
# title: A task definition is pinned to its region and has none in the recovery region
# description: |
#   The recovery region has no task definition of that family, so this one would be taken, and it names places of its own
#   region: endpoints, ARNs, images, log groups. During the outage somebody has to find each of them and write the right
#   value, by hand and under pressure.
#
#   A definition of the same family in the recovery region is judged by itself (endpoint-hard-wired), and then this one
#   passes.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html
# custom:
#   id: task-definition-pinned-to-region
#   severity:
#     default: medium
#     pilot-light: high
#     warm-standby: high
#     active-active: high
#   for: [container-definition]
#   remediation:
#     summary: the same family in the recovery region, with the values of that region
#     console: "In the recovery region: Amazon ECS, Task definitions, Create new task definition, of the same family."
#     cli: >-
#       aws ecs register-task-definition --region {{joined.recovery_region|RECOVERY_REGION}} --cli-input-json
#       file://task-definition.json
#     terraform: |
#       resource "aws_ecs_task_definition" "RECOVERY" {
#         provider              = aws.recovery
#         family                = aws_ecs_task_definition.SOURCE.family
#         container_definitions = templatefile("containers.json", { database = aws_db_instance.RECOVERY.address })
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1, CIR 4.1.2(g), CIR 4.2]
package seaworthy.compute.task_definition_pinned_to_region

import data.seaworthy.lib.recovery

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	some named in input.workload.mentions
	finding := _finding(named, "workload.mentions")
}

deny contains finding if {
	input.joined.counterpart == null
	some named in input.workload.images
	finding := _finding(named, "workload.images")
}

deny contains finding if {
	input.joined.counterpart == null
	some named in input.workload.logs
	finding := _finding(named, "workload.logs")
}

_finding(named, fact) := {
	"message": sprintf(
		"%s names a place in %s, and no definition of its family is in %s",
		[named.at, named.region, recovery.place],
	),
	"fact": fact,
	"actual": named.region,
	"required": recovery.place,
	"details": {"at": named.at},
} if named.region == input.place.region
