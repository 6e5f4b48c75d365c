# METADATA
# title: Answers of a record that should fail over are kept too long
# description: |
#   Resolvers and clients keep the old answer for as long as the record says. For that long after the failover they go
#   on asking the region that is lost; nothing can call the answer back.
#
#   Judged are records that are chosen by failover, weight, latency or place, and those that lead to something in a
#   region that comes back elsewhere, which have to be changed by hand. Aliases have no time of their own.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-dns.html
# custom:
#   id: record-ttl-too-long
#   severity: {default: low, pilot-light: medium, warm-standby: high, active-active: high}
#   for: [dns-record]
#   parameters:
#     max_seconds:
#       default: 60
#       description: seconds for which an answer may be kept
#   remediation:
#     summary: a TTL of at most {{required|parameters.max_seconds}} seconds
#     console: "Route 53: Hosted zones, the record, Edit, TTL."
#     cli: aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://record.json
#     terraform: |
#       resource "aws_route53_record" "NAME" {
#         ttl = {{required|parameters.max_seconds}}
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.record_ttl_too_long

applies if {
	input.dns.ttl_seconds != null
	_moves
}

_moves if input.dns.policy != "simple"

_moves if {
	some _ in input.joined.lost_regions
}

deny contains finding if {
	input.dns.ttl_seconds > _max_seconds
	finding := {
		"message": sprintf(
			"its answers are kept for %d seconds, at most %d are allowed",
			[input.dns.ttl_seconds, _max_seconds],
		),
		"fact": "dns.ttl_seconds",
		"actual": input.dns.ttl_seconds,
		"required": _max_seconds,
	}
}

_max_seconds := data.parameters["record-ttl-too-long"].max_seconds
