# METADATA
# title: The change turns automatic failover off
# description: |
#   After the change, the loss of the primary node makes writes fail until somebody promotes a replica by hand. Until
#   now one took over by itself.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
# custom:
#   id: failover-turned-off
#   severity: high
#   for: [aws.elasticache.replication-group]
#   change: true
#   remediation:
#     summary: automatic_failover_enabled = true, as before
#     console: Leave it as it is.
#     cli: aws elasticache modify-replication-group --replication-group-id NAME --automatic-failover-enabled
#     terraform: |
#       resource "aws_elasticache_replication_group" "NAME" {
#         automatic_failover_enabled = true
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02]
#     nist-800-53-r5: [CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03]
#     iso-27001-2022: [A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.failover_turned_off

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	input.before.redundancy.automatic_failover == true
	input.redundancy.automatic_failover == false
	finding := {
		"message": "automatic failover is turned off, before the change it was on",
		"fact": "redundancy.automatic_failover",
		"actual": false,
		"required": true,
	}
}
