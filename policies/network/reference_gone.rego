# METADATA
# title: Something that it refers to does not exist
# description: |
#   What runs goes on, and what is started anew does not: no task and no machine without its subnet or its security group, no
#   function that mounts a file system that is gone, no listener without its certificate. Nobody notices before something
#   fails or is recovered. A route to a gateway that is gone leads nowhere, and events that are handed to a function that
#   is gone are lost.
#
#   Judged where everything of that kind was listed where it would be, or where a plan takes it away. Images, keys, roles,
#   vaults, and what records lead to have policies of their own. Queues, topics and streams are not read. A rule
#   that lets a group through that is gone lets nobody in, and is left alone.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
# custom:
#   id: reference-gone
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for:
#     - api
#     - bucket
#     - cache
#     - container-cluster
#     - container-definition
#     - container-service
#     - database
#     - database-member
#     - edge
#     - event-source
#     - file-system
#     - function
#     - gateway
#     - health-check
#     - kubernetes-cluster
#     - launch-template
#     - listener
#     - load-balancer
#     - network
#     - network-connection
#     - node-group
#     - private-endpoint
#     - route-table
#     - scaling-group
#     - secret
#     - serverless-nodes
#     - target-group
#   except:
#     - aws.ec2.internet-gateway
#     - aws.ec2.peering
#     - aws.globalaccelerator.accelerator
#     - aws.globalaccelerator.listener
#   remediation:
#     summary: a reference to what is there now, or what is gone made anew
#     console: Open the resource, and name one in its place that exists.
#     cli: seaworthy graph INVENTORY --of RESOURCE
#     terraform: |
#       resource "aws_ecs_service" "NAME" {
#         network_configuration {
#           subnets         = aws_subnet.NAME[*].id
#           security_groups = [aws_security_group.NAME.id]
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.2]
#     dora: [Art. 11]
#     nis2: [CIR 4.1, CIR 4.2]
package seaworthy.network.reference_gone

import data.seaworthy.lib.compute.speaks_for_itself

applies if speaks_for_itself

deny contains finding if {
	some reference in input.joined.gone
	reference.class in {"containment", "data-flow", "permission"}
	finding := _finding(reference)
}

deny contains finding if {
	some reference in input.joined.gone
	reference.rel == "gated-by"
	finding := _finding(reference)
}

# Where it waits for a recovery, log-group-missing-in-recovery-region says so.
deny contains finding if {
	some reference in input.joined.gone
	reference.rel == "logs-to"
	input.joined.is_recovery_side == false
	finding := _finding(reference)
}

_finding(reference) := {
	"message": sprintf("%s %s, which it refers to, does not exist", [reference.what, reference.id]),
	"fact": "joined.gone",
	"actual": null,
	"required": reference.id,
	"details": {"rel": reference.rel},
}
