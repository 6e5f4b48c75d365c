# METADATA
# title: The change deletes a part of the way that requests take
# description: |
#   A record, a health check, a listener, a certificate, a load balancer, an API or its domain, a distribution, an
#   accelerator or a routing control is deleted. Whatever was to come by it does not come any more: a secondary record is the failover, a health
#   check or a routing control starts it, and a name that is gone is gone for everybody who kept it.
#
#   Records that lead nowhere, such as those that validate a certificate, are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html
# custom:
#   id: traffic-path-deleted
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [load-balancer, listener, target-group, api, certificate, dns-zone, dns-record, health-check, edge, traffic-switch]
#   change: true
#   remediation:
#     summary: what is deleted as before, until another way leads there
#     console: Make the new way first, and remove the old one in a change of its own.
#     cli: aws route53 list-resource-record-sets --hosted-zone-id ZONE
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
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.traffic_path_deleted

import data.seaworthy.lib.kind.class

applies if {
	input.change.action in {"delete", "replace", "update"}
	_leads_somewhere
}

_leads_somewhere if class != "dns-record"

_leads_somewhere if {
	input.before.dns.record_type in {"A", "AAAA", "CNAME"}
	substring(input.before.dns.name, 0, 1) != "_"
}

deny contains finding if {
	input.change.action == "delete"
	finding := {
		"message": sprintf("the change deletes the %s, one is required", [_word]),
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}
}

_word := "domain of APIs" if input.kind == "aws.apigateway.domain"

else := _words[class]

_words := {
	"api": "API",
	"certificate": "certificate",
	"dns-record": "record",
	"dns-zone": "zone",
	"edge": "edge",
	"health-check": "health check",
	"listener": "listener",
	"load-balancer": "load balancer",
	"target-group": "target group",
	"traffic-switch": "switch",
}
