# METADATA
# title: The change turns an edge off
# description: |
#   The distribution or the accelerator stays and takes no requests any more: every name that leads to it, and every
#   address of it that somebody keeps, answers with an error, in whatever region the application runs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToDeleteDistribution.html
#   - ref: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-accelerators.html
# custom:
#   id: edge-turned-off
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   for: [edge]
#   change: true
#   remediation:
#     summary: enabled = true, as before, until nothing leads to it any more
#     console: Leave it as it is.
#     cli: aws globalaccelerator update-accelerator --region us-west-2 --accelerator-arn ARN --enabled
#     terraform: |
#       resource "aws_cloudfront_distribution" "NAME" {
#         enabled = true
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.edge_turned_off

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	input.before.traffic.enabled == true
	input.traffic.enabled == false
	finding := {
		"message": "it is turned off, before the change it took requests",
		"fact": "traffic.enabled",
		"actual": false,
		"required": true,
	}
}
