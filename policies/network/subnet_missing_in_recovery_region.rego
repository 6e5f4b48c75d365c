# METADATA
# title: A subnet has no counterpart in the recovery region
# description: |
#   What stands in a subnet is to stand in one of the recovery network. Where there is none for it, because that network has
#   fewer zones, or none for this kind of traffic, what comes back is put somewhere else: into fewer zones, or where routes and
#   filters are others.
#
#   A counterpart is in the network that stands in for its own, and has the same name but for region and zone, or leads to the
#   same way out; of several, it is in the same position among the zones. Judged for subnets that something uses.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
# custom:
#   id: subnet-missing-in-recovery-region
#   severity: {default: low, pilot-light: medium, warm-standby: high, active-active: high}
#   for: [aws.ec2.subnet]
#   remediation:
#     summary: a subnet for the same purpose in as many zones of the recovery network
#     console: "VPC in the recovery region: Subnets, Create subnet, in a zone that has none of that purpose yet."
#     cli: >-
#       aws ec2 create-subnet --region RECOVERY_REGION --vpc-id RECOVERY_VPC --availability-zone ZONE --cidr-block
#       10.1.64.0/20
#     terraform: |
#       resource "aws_subnet" "NAME" {
#         provider          = aws.recovery
#         vpc_id            = aws_vpc.RECOVERY.id
#         availability_zone = "ZONE"
#         cidr_block        = "10.1.64.0/20"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.subnet_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.used_by != null
	count(input.joined.used_by) > 0
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no subnet stands in for it in %s, where one is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}
