# METADATA
# title: What runs in the recovery region does not reach the database that takes over
# description: |
#   The replica is promoted, the service starts, and every connection times out: a security group, a network ACL or a
#   route stands between them. Nobody notices before, as nothing connects before.
#
#   Asked of services, functions, groups of machines and Kubernetes nodes in the recovery region, about the databases and
#   caches that they, or what they stand in for, talk to: those that their definitions and environments name, and those
#   whose security groups let them in. It is answered from configuration: security groups (of machines those of their
#   launch template, of nodes without one that of their cluster; where these are not known, they are not judged), network
#   ACLs and routes, both ways, by peerings and by transit gateways: their attachments with the network ACLs of the subnets
#   that these stand in, route tables and peerings. A way by a VPN, by a network in between or by a gateway that another
#   account has is unknown. Firewalls on machines and groups of single pods are not seen.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html
# custom:
#   id: database-unreachable-from-recovery-compute
#   severity: critical
#   blocker: true
#   for: [container-service, function, kubernetes-cluster, node-group, scaling-group, serverless-nodes]
#   remediation:
#     summary: a rule in both security groups for that port, as in the source region
#     console: "In the recovery region: VPC, Security groups, the group, Edit inbound (or outbound) rules."
#     cli: >-
#       aws ec2 authorize-security-group-ingress --region RECOVERY_REGION --group-id DATABASE_GROUP --protocol tcp --port
#       PORT --source-group SERVICE_GROUP
#     terraform: |
#       resource "aws_vpc_security_group_ingress_rule" "NAME" {
#         provider                     = aws.recovery
#         security_group_id            = aws_security_group.DATABASE.id
#         referenced_security_group_id = aws_security_group.SERVICE.id
#         ip_protocol                  = "tcp"
#         from_port                    = 5432
#         to_port                      = 5432
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2]
package seaworthy.network.database_unreachable_from_recovery_compute

applies if {
	input.joined.recovery_region == null
	input.joined.reach != []
}

deny contains finding if {
	some way in input.joined.reach
	way.reached == false
	finding := {
		"message": sprintf("it does not reach %s on port %d: %s", [way.name, way.port, way.why]),
		"fact": "joined.reach",
		"actual": sprintf("nothing on port %d", [way.port]),
		"required": way.name,
		"details": {"hop": way.hop, "to": way.to, "port": way.port},
	}
}
