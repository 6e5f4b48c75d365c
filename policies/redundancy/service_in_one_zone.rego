# METADATA
# title: A service or a function runs in one availability zone
# description: |
#   The loss of that zone stops it. A service of containers starts its tasks in the zones of its subnets, and a function
#   gets into the network that it is connected to by its subnets only.
#
#   A service without subnets of its own runs where the machines of its cluster are, and a function without any in all
#   zones of its region; they are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
# custom:
#   id: service-in-one-zone
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [container-service, function]
#   remediation:
#     summary: subnets in at least two zones
#     console: >-
#       Amazon ECS: the service, Update service, Networking, add subnets in other zones. Lambda: the function, Configuration,
#       VPC, Edit.
#     cli: >-
#       aws ecs update-service --cluster CLUSTER --service NAME --network-configuration
#       awsvpcConfiguration={subnets=[SUBNET_A,SUBNET_B],securityGroups=[GROUP]}; or aws lambda
#       update-function-configuration --function-name NAME --vpc-config SubnetIds=SUBNET_A,SUBNET_B,SecurityGroupIds=GROUP
#     terraform: |
#       resource "aws_ecs_service" "NAME" {
#         network_configuration {
#           subnets = [aws_subnet.a.id, aws_subnet.b.id]
#         }
#       }
#
#       resource "aws_lambda_function" "NAME" {
#         vpc_config {
#           subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
#           security_group_ids = [aws_security_group.NAME.id]
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.service_in_one_zone

applies if input.network.subnets != null

deny contains finding if {
	input.redundancy.multi_zone == false
	finding := {
		"message": "uses one availability zone, at least 2 are required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}
}
