# METADATA
# title: Layer that functions use is not in the recovery region
# description: |
#   A function can only use layers of its own region. Where a layer was never published in the recovery region, a
#   function that uses it cannot be created or changed there: the service refuses an ARN of another region.
#
#   Judged are layers that a function uses. One of the same name has to be in the recovery region, whatever its version.
#   Layers of other accounts, such as those that AWS and vendors publish, are not seen.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
# custom:
#   id: layer-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: medium
#     pilot-light: high
#     warm-standby: high
#     active-active: high
#   for: [code-layer]
#   remediation:
#     summary: a layer of the same name in the recovery region
#     console: >-
#       In the recovery region: Lambda, Layers, Create layer, with the same name.
#     cli: >-
#       aws lambda publish-layer-version --region RECOVERY_REGION --layer-name NAME --zip-file fileb://NAME.zip
#     terraform: |
#       resource "aws_lambda_layer_version" "NAME" {
#         provider   = aws.recovery
#         layer_name = aws_lambda_layer_version.SOURCE.layer_name
#         filename   = aws_lambda_layer_version.SOURCE.filename
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.redundancy.layer_missing_in_recovery_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.unused == false
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("no layer %s is in %s, where functions that use it need one", [input.name, recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
		"details": {"used_by": input.joined.used_by},
	}
}
