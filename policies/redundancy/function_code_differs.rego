# METADATA
# title: Function in the recovery region runs other code
# description: |
#   A function is deployed region by region. Where a deployment leaves out the recovery region, or fails there, what
#   takes over is an older version: it may not know the schema of the database or the messages that wait for it.
#
#   The hashes of the code are compared, as the service tells them; of a container image that is its digest. Packages
#   that are built for each region by itself differ although their code is the same: build once, and deploy the same
#   package. A function whose own last change failed runs other code than was deployed, too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
# custom:
#   id: function-code-differs
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: medium
#     warm-standby: high
#     active-active: high
#   for: [function]
#   remediation:
#     summary: the same package or image in both regions
#     console: >-
#       In the recovery region: Lambda, Functions, the function, Code, Upload from, with the package of the source
#       region.
#     cli: >-
#       aws lambda update-function-code --region RECOVERY_REGION --function-name NAME --zip-file fileb://NAME.zip
#     terraform: |
#       resource "aws_lambda_function" "NAME" {
#         provider         = aws.recovery
#         filename         = aws_lambda_function.SOURCE.filename
#         source_code_hash = aws_lambda_function.SOURCE.source_code_hash
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1, CIR 4.1.2(g)]
package seaworthy.redundancy.function_code_differs

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart != null
}

deny contains finding if {
	input.joined.standby_code_hash != input.workload.code_hash
	finding := {
		"message": sprintf("its counterpart in %s runs other code, the same is required", [recovery.place]),
		"fact": "joined.standby_code_hash",
		"actual": input.joined.standby_code_hash,
		"required": input.workload.code_hash,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

deny contains finding if {
	input.workload.last_update == "failed"
	finding := {
		"message": "its last change failed, so that it runs other code than was deployed",
		"fact": "workload.last_update",
		"actual": "failed",
		"required": "successful",
	}
}
