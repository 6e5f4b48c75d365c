# METADATA
# title: A private zone is not answered in the recovery region
# description: |
#   What runs in the recovery region asks for the names of the zone and gets no answer, or that of the public zone of
#   the same name. The zone itself survives the loss of a region, but it is answered only in the networks that it is
#   associated with.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs.html
# custom:
#   id: private-zone-not-in-recovery-network
#   severity:
#     default: medium
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   for: [dns-zone]
#   remediation:
#     summary: the zone associated with the network of the recovery region
#     console: "Route 53: Hosted zones, the zone, Edit, VPCs to associate, add the one in the recovery region."
#     cli: >-
#       aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ZONE --vpc
#       VPCRegion={{joined.recovery_region|RECOVERY_REGION}},VPCId=VPC
#     terraform: |
#       resource "aws_route53_zone_association" "recovery" {
#         zone_id    = aws_route53_zone.NAME.zone_id
#         vpc_id     = aws_vpc.RECOVERY.id
#         vpc_region = "{{joined.recovery_region|the recovery region}}"
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
package seaworthy.traffic.private_zone_not_in_recovery_network

applies if {
	input.dns.private == true
	input.joined.recovery_region != null
}

deny contains finding if {
	not _is_there
	regions := {network.region | some network in input.dns.networks}
	finding := {
		"message": sprintf(
			"it is answered in networks of %s, one in %s is required",
			[concat(", ", regions), input.joined.recovery_region],
		),
		"fact": "dns.networks",
		"actual": regions,
		"required": input.joined.recovery_region,
	}
}

_is_there if {
	some network in input.dns.networks
	network.region == input.joined.recovery_region
}
