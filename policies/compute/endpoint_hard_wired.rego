# METADATA
# title: What runs in the recovery region points into the region that is lost
# description: |
#   It starts, and then talks to a database, a queue or a secret that is gone with the region. The copy of the service
#   was made, and the values that it is told were copied with it.
#
#   What is looked at: environments, commands, secrets, images, logs and volumes of task definitions, functions and
#   launch templates in a region in which another comes back. A host name, an ARN, an id or an image that lies in that
#   other region counts; a bare name of a region does only where it says where the program works (AWS_REGION), or in the
#   name of a secret or a parameter. A name of the own domain does not: where its records lead is judged of the records.
#   Of code whose text is known only after apply, what it refers to counts. And what the integrations of an API there call.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
# custom:
#   id: endpoint-hard-wired
#   severity: critical
#   blocker: true
#   for: [{facet: workload}, api]
#   except: [container-service]
#   remediation:
#     summary: the value that belongs to its own region, from a parameter of each region
#     console: >-
#       In the recovery region: Amazon ECS, Task definitions, the family, Create new revision, with the endpoint of that
#       region; then update the service.
#     cli: >-
#       aws ecs register-task-definition --region RECOVERY_REGION --cli-input-json file://task-definition.json
#     terraform: |
#       resource "aws_ecs_task_definition" "RECOVERY" {
#         provider = aws.recovery
#         family   = "NAME"
#
#         container_definitions = jsonencode([{
#           name        = "NAME"
#           image       = "IMAGE"
#           environment = [{ name = "DATABASE_HOST", value = aws_db_instance.RECOVERY.address }]
#         }])
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2]
package seaworthy.compute.endpoint_hard_wired

import data.seaworthy.lib.compute.speaks_for_itself

applies if {
	input.joined.hard_wired != null
	speaks_for_itself
}

deny contains finding if {
	input.joined.hard_wired != null
	some place in input.joined.hard_wired
	finding := {
		"message": sprintf("%s names %s in %s, the region that is lost", [place.at, place.value, place.region]),
		"fact": "joined.hard_wired",
		"actual": place.value,
		"required": "nothing",
		"details": {"at": place.at, "what": place.what},
	}
}
