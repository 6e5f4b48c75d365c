# METADATA
# title: A record or an edge leads to something that does not exist
# description: |
#   The name is answered with the host of a load balancer, an API or a function that is gone, or an origin of a distribution
#   is one. Whoever asks gets an error, and the failover that leads here ends nowhere. Whoever makes a load balancer under
#   that host name later gets the requests.
#
#   A fail needs every account and region that the host may belong to to have been seen. Hosts of which that cannot be
#   said are left unknown only where it belongs to the recovery of something.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
# custom:
#   id: record-leads-nowhere
#   severity: {default: high}
#   for: [dns-record, edge]
#   remediation:
#     summary: the record leads to what is there now, or is removed
#     console: "Route 53: Hosted zones, the record, Edit, Value."
#     cli: aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://record.json
#     terraform: |
#       resource "aws_route53_record" "NAME" {
#         alias {
#           name                   = aws_lb.NAME.dns_name
#           zone_id                = aws_lb.NAME.zone_id
#           evaluate_target_health = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.record_leads_nowhere

applies if {
	some target in input.joined.targets
	target.region != null
}

deny contains finding if {
	some target in input.joined.targets
	target.id == null
	target.region != null
	finding := {
		"message": sprintf("nothing answers to %s, which it leads to", [target.name]),
		"fact": "joined.targets",
		"actual": target.name,
		"required": "a resource that exists",
	}
}
