# METADATA
# title: The change deletes a network that something is to come back in
# description: |
#   A database is restored into a subnet group, and tasks and machines start in subnets, behind security groups and by
#   route tables. In a recovery region all of these may wait with nothing in them, so that AWS lets them be deleted, and
#   nothing notices before the outage: what is restored then has no place to be restored into.
#
#   Judged is what stands in a region in which another one comes back, by the recovery pairs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: recovery-network-deleted
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [virtual-network, network, security-group, route-table]
#   change: true
#   remediation:
#     summary: keep it, however empty it is
#     console: Leave it as it is.
#     cli: aws ec2 describe-subnets --region RECOVERY_REGION
#     terraform: |
#       resource "aws_db_subnet_group" "NAME" {
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.change.recovery_network_deleted

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.joined.stands_in_for != []
}

deny contains finding if {
	input.change.action == "delete"
	finding := {
		"message": sprintf("is deleted, what comes back here from %s stands in it", [
			concat(", ", input.joined.stands_in_for),
		]),
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}
}
