# METADATA
# title: A role that is needed does not exist in the recovery account
# description: |
#   What comes back in the recovery account needs its role there. Roles live once an account, so a role of the
#   source account is of no use; and the control plane of IAM stands in us-east-1, so that roles cannot be relied on
#   to be created during an outage.
#
#   Judged where the recovery account is another one and the role is needed there: something that comes back there takes
#   it on, or its application does. A role of the same name counts; service-linked roles are made by their services.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
# custom:
#   id: role-missing-in-recovery-account
#   severity: critical
#   blocker: true
#   for: [role]
#   remediation:
#     summary: a role of the same name in the recovery account
#     console: "IAM in the recovery account: Roles, Create role, with the same name, trust and policies."
#     cli: >-
#       aws iam create-role --profile RECOVERY_ACCOUNT --role-name NAME --assume-role-policy-document
#       file://trust.json
#     terraform: |
#       resource "aws_iam_role" "NAME" {
#         provider           = aws.recovery_account
#         name               = aws_iam_role.SOURCE.name
#         assume_role_policy = aws_iam_role.SOURCE.assume_role_policy
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(C), 164.312(a)(2)(ii)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1]
package seaworthy.identity.role_missing_in_recovery_account

applies if {
	input.role.service_linked == false
	input.joined.in_another_account == true
	input.joined.needed_in_recovery == true
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf(
			"no role %s exists in account %s, where one is required",
			[input.name, input.joined.recovery_account],
		),
		"fact": "joined.counterpart",
		"actual": null,
		"required": input.name,
	}
}
