# METADATA
# title: The change leaves a resource in one availability zone
# description: |
#   Until now the loss of a zone was survived without doing anything. After the change it is an outage, and for a
#   database a restore.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
# custom:
#   id: multi-zone-turned-off
#   severity: high
#   for: [database, cache, compute, load-balancer]
#   except: [aws.elasticache.serverless-cache]
#   change: true
#   remediation:
#     summary: multi_az = true, subnets in two zones, as before
#     console: Leave it as it is.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --multi-az
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         multi_az = true
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.multi_zone_turned_off

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if kept

deny contains finding if {
	not class in _by_subnets
	input.before.redundancy.multi_zone == true
	input.redundancy.multi_zone == false
	finding := _finding
}

# Only its subnets move it, and they may be those of another workspace.
deny contains finding if {
	class in _by_subnets
	input.before.network.subnets != input.network.subnets
	input.before.redundancy.multi_zone == true
	input.redundancy.multi_zone == false
	finding := _finding
}

_by_subnets := {"container-service", "function"}

_finding := {
	"message": "stands in one availability zone, before the change it was more than one",
	"fact": "redundancy.multi_zone",
	"actual": false,
	"required": true,
}
