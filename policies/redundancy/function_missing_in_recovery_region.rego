# METADATA
# title: Function has no counterpart in the recovery region
# description: |
#   A function lives in one region. What calls it in the recovery region (an API, a queue, another function) finds
#   nothing, while the data is there. Made during the outage it needs its package or image, its role, its layers and its
#   network to be in the recovery region, too.
#
#   A counterpart is a function of the same name, but for the region in it. Under backup and restore a function may be
#   made anew from code, which takes minutes; so it is no blocker there. A function that is switched off by a reserved
#   concurrency of 0 in its own region is not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: function-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: medium
#     pilot-light: critical
#     warm-standby: critical
#     active-active: critical
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [function]
#   remediation:
#     summary: the same function in the recovery region, from the same package or image
#     console: >-
#       In the recovery region: Lambda, Functions, Create function, with the same name.
#     cli: >-
#       aws lambda create-function --region RECOVERY_REGION --function-name NAME --runtime RUNTIME --handler HANDLER
#       --role ROLE_ARN --zip-file fileb://NAME.zip
#     terraform: |
#       resource "aws_lambda_function" "NAME" {
#         provider         = aws.recovery
#         function_name    = aws_lambda_function.SOURCE.function_name
#         role             = aws_lambda_function.SOURCE.role
#         runtime          = aws_lambda_function.SOURCE.runtime
#         handler          = aws_lambda_function.SOURCE.handler
#         filename         = aws_lambda_function.SOURCE.filename
#         source_code_hash = aws_lambda_function.SOURCE.source_code_hash
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(1), CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.function_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.capacity.max != 0
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no function stands in for it in %s, where one that can be called is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}
