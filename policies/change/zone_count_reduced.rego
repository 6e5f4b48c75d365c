# METADATA
# title: The change uses fewer availability zones
# description: |
#   More than one zone is left, but when the next one fails, a greater share of the capacity fails with it, and the
#   rest may not carry the load.
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
# custom:
#   id: zone-count-reduced
#   severity: medium
#   for: [database, aws.elasticache.replication-group, compute, load-balancer]
#   except: [aws.rds.instance]
#   change: true
#   remediation:
#     summary: as many zones as before
#     console: Leave it as it is.
#     cli: >-
#       aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier
#       SUBNET_A,SUBNET_B,SUBNET_C
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.zone_count_reduced

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if kept

deny contains finding if {
	not class in _by_subnets
	input.redundancy.zones[1]
	count(input.redundancy.zones) < count(input.before.redundancy.zones)
	finding := _finding(input.before.redundancy.zones, input.redundancy.zones)
}

# Only its subnets move it, and they may be those of another workspace.
deny contains finding if {
	class in _by_subnets
	input.before.network.subnets != input.network.subnets
	input.redundancy.zones[1]
	count(input.redundancy.zones) < count(input.before.redundancy.zones)
	finding := _finding(input.before.redundancy.zones, input.redundancy.zones)
}

_by_subnets := {"container-service", "function"}

_finding(before, zones) := {
	"message": sprintf("uses %d availability zones, before the change it was %d", [count(zones), count(before)]),
	"fact": "redundancy.zones",
	"actual": zones,
	"required": before,
}
