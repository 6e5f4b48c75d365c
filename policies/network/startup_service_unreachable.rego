# METADATA
# title: A service in the recovery region does not reach what it needs to start
# description: |
#   Before a task runs, its image is pulled, its secrets are read and its log is opened. In a subnet without a way to the
#   registry, the secret store or the log service none of that happens: tasks stop as they start, again and again, on the
#   day on which they are needed. Where the service runs nothing until then, nobody notices before.
#
#   Asked of ECS services in the recovery region, about each subnet that their tasks may stand in; on machines, about those
#   of the machines. It is answered from configuration: an endpoint whose private host name takes the traffic, wanted or not,
#   with its security groups and its policy; else the default route, by a NAT gateway, or by an internet gateway with a
#   public address. Where a network does not know private host names, an endpoint of them takes nothing. Images take the
#   registry's two endpoints and the gateway endpoint for S3. A policy is held against what a task asks for before it runs:
#   the secret by its ARN; of images, parameters that were not found and log groups, only whether it lets all through or
#   none. What lies behind a transit gateway on the way to the internet is not followed: that is unknown.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
# custom:
#   id: startup-service-unreachable
#   severity: {default: high, pilot-light: critical, warm-standby: critical, active-active: critical}
#   for: [container-service]
#   remediation:
#     summary: an endpoint for that service in the recovery network, open on port 443 to the service, or a NAT gateway
#     console: "VPC in the recovery region: Endpoints, Create endpoint, with private DNS and a group that lets 443 in."
#     cli: >-
#       aws ec2 create-vpc-endpoint --region RECOVERY_REGION --vpc-id RECOVERY_VPC --vpc-endpoint-type Interface
#       --service-name com.amazonaws.RECOVERY_REGION.SERVICE --subnet-ids SUBNET_A SUBNET_B --security-group-ids GROUP
#       --private-dns-enabled
#     terraform: |
#       resource "aws_vpc_endpoint" "NAME" {
#         provider            = aws.recovery
#         vpc_id              = aws_vpc.RECOVERY.id
#         service_name        = "com.amazonaws.RECOVERY_REGION.SERVICE"
#         vpc_endpoint_type   = "Interface"
#         private_dns_enabled = true
#         subnet_ids          = [aws_subnet.recovery_a.id, aws_subnet.recovery_b.id]
#         security_group_ids  = [aws_security_group.endpoints.id]
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.network.startup_service_unreachable

applies if {
	input.joined.recovery_region == null
	input.joined.startup != []
}

deny contains finding if {
	some way in input.joined.startup
	way.reached == false
	finding := {
		"message": sprintf("it does not reach the %s (%s) that %s needs: %s", [way.what, way.service, way.at, way.why]),
		"fact": "joined.startup",
		"actual": sprintf("no way to %s", [way.service]),
		"required": way.service,
		"details": {"hop": way.hop, "region": way.region},
	}
}
