# METADATA
# title: No record of a name leads to the recovery region
# description: |
#   The name leads to the region that is lost, and nowhere else. Somebody has to change it during the outage, by the
#   control plane of Route 53, which runs in us-east-1, and then everybody has to wait for the old answers to time out.
#
#   Another record of the same name and type has to lead to something that is there in the recovery place and works: a
#   secondary, or one by weight, latency or place. Which resource a record leads to is known by its host name. Names
#   that lead to no region are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
# custom:
#   id: failover-record-without-target-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   for: [dns-record]
#   remediation:
#     summary: a secondary record of the same name that leads to the recovery region
#     console: >-
#       Route 53: Hosted zones, Create record with the same name, routing policy Failover, record type Secondary.
#     cli: aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://secondary.json
#     terraform: |
#       resource "aws_route53_record" "secondary" {
#         zone_id        = aws_route53_zone.NAME.zone_id
#         name           = "NAME"
#         type           = "A"
#         set_identifier = "secondary"
#
#         failover_routing_policy {
#           type = "SECONDARY"
#         }
#
#         alias {
#           name                   = aws_lb.RECOVERY.dns_name
#           zone_id                = aws_lb.RECOVERY.zone_id
#           evaluate_target_health = true
#         }
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
package seaworthy.traffic.failover_record_without_target_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf(
			"leads to %s only, a record of the same name that leads to %s is required",
			[concat(", ", input.joined.lost_regions), recovery.place],
		),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"what its name leads to in %s is %s, something that takes requests is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
