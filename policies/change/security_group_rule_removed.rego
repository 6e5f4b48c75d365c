# METADATA
# title: The change closes a way that a security group of the recovery region let through
# description: |
#   What stands behind the group there is not reached any more by whom the rule was for: the application does not get to
#   its database, or the load balancer not to its targets. Where the application runs that is seen at once; in the recovery
#   region nobody notices before the failover.
#
#   Rules are compared by what they let through, in whatever style they are written. Who is let in from everywhere and
#   then only from somewhere on the same port is no finding, nor is a rule for a group that goes, too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: security-group-rule-removed
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [security-group]
#   change: true
#   remediation:
#     summary: the rule as before, or one for whoever takes its place
#     console: Leave it as it is.
#     cli: aws ec2 describe-security-group-rules --region RECOVERY_REGION --filters Name=group-id,Values=GROUP
#     terraform: |
#       resource "aws_vpc_security_group_ingress_rule" "NAME" {
#         security_group_id            = aws_security_group.DATABASE.id
#         referenced_security_group_id = aws_security_group.APPLICATION.id
#         ip_protocol                  = "tcp"
#         from_port                    = 5432
#         to_port                      = 5432
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
package seaworthy.change.security_group_rule_removed

import data.seaworthy.lib.change.kept

applies if {
	kept
	input.joined.stands_in_for != []
}

deny contains finding if {
	input.joined.closed_rules != null
	some rule in input.joined.closed_rules
	finding := {
		"message": sprintf("does not let %s through any more, before the change it did", [rule]),
		"fact": "joined.closed_rules",
		"actual": null,
		"required": rule,
	}
}
