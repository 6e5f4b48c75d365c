# METADATA
# title: A security group lets less through in the recovery region
# description: |
#   The database is promoted, the service starts, and its connections time out: a rule was added by hand during an
#   incident, or in one region only. Nobody sees it before the first request.
#
#   Rules are compared by what they mean, not by how they are written: addresses of the own network stand for those of
#   its counterpart, a group for the group that stands in for it, a prefix list for the one of the same name; a wider rule
#   covers a narrower one. What the counterpart lets through in addition is not judged. The counterpart has the same name,
#   but for the region in it, in the network that stands in for the group's own; groups without one are not judged here.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
# custom:
#   id: security-group-rules-differ
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [security-group]
#   remediation:
#     summary: the same rules in both regions, from one module
#     console: "EC2 in the recovery region: Security Groups, the counterpart, Edit inbound rules."
#     cli: >-
#       aws ec2 authorize-security-group-ingress --region RECOVERY_REGION --group-id COUNTERPART --ip-permissions
#       file://rules.json
#     terraform: |
#       resource "aws_vpc_security_group_ingress_rule" "NAME" {
#         provider                     = aws.recovery
#         security_group_id            = aws_security_group.RECOVERY.id
#         referenced_security_group_id = aws_security_group.RECOVERY_APP.id
#         ip_protocol                  = "tcp"
#         from_port                    = 5432
#         to_port                      = 5432
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.security_group_rules_differ

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart != null
}

deny contains finding if {
	count(input.joined.missing_rules) > 0
	finding := {
		"message": sprintf(
			"its counterpart in %s does not let through %s, the same as here is required",
			[recovery.place, concat(", ", input.joined.missing_rules)],
		),
		"fact": "joined.missing_rules",
		"actual": input.joined.missing_rules,
		"required": [],
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
