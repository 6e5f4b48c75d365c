# METADATA
# title: A parameter is not in the recovery region
# description: |
#   Parameter Store replicates nothing. What reads the parameter looks for it in its own region, and a task that does
#   not find it there does not start.
#
#   A parameter of the same name counts, or of the same name but for the region in it. Its value is not compared,
#   because it is never read, and often has to be another one there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
# custom:
#   id: parameter-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [parameter]
#   remediation:
#     summary: a parameter of the same name in {{joined.recovery_region|the recovery region}}
#     console: "Systems Manager in {{joined.recovery_region|the recovery region}}: Parameter Store, Create parameter."
#     cli: >-
#       aws ssm put-parameter --region {{joined.recovery_region|RECOVERY_REGION}} --name {{name|NAME}}
#       --type SecureString --value VALUE
#     terraform: |
#       resource "aws_ssm_parameter" "NAME" {
#         provider = aws.recovery
#         name     = aws_ssm_parameter.SOURCE.name
#         type     = aws_ssm_parameter.SOURCE.type
#         value    = var.VALUE
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.2(b), CIR 4.2.4(a)]
package seaworthy.replication.parameter_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("the parameter is not in %s, one of its name is required there", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
		"details": {"used_by": input.joined.used_by},
	}
}
