# METADATA
# title: The change takes away what an edge fails over to
# description: |
#   A path of a distribution loses the second origin of its group, or an endpoint group of an accelerator its last
#   endpoint with a weight above 0. Nothing fails on the day of the change; once the first region is lost, nothing takes
#   over, and CloudFront and Global Accelerator may not be able to be changed then.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
#   - ref: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html
# custom:
#   id: edge-failover-removed
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [edge, aws.globalaccelerator.endpoint-group]
#   change: true
#   remediation:
#     summary: the origin group, or the weight, as before
#     console: Leave it as it is.
#     cli: aws cloudfront get-distribution-config --id ID
#     terraform: |
#       resource "aws_cloudfront_distribution" "NAME" {
#         default_cache_behavior {
#           target_origin_id = "an origin group"
#         }
#       }
#
#       resource "aws_globalaccelerator_endpoint_group" "NAME" {
#         endpoint_configuration {
#           endpoint_id = aws_lb.NAME.arn
#           weight      = 128
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.edge_failover_removed

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if kept

deny contains finding if {
	class == "edge"
	some then in input.before.traffic.routes
	some requests in then.requests
	count(then.origins) > 1
	some now in input.traffic.routes
	requests in now.requests
	count(now.origins) == 1
	finding := {
		"message": sprintf("nothing takes over for %s any more, before the change a second origin did", [requests]),
		"fact": "traffic.routes",
		"actual": 1,
		"required": count(then.origins),
		"details": {"requests": requests},
	}
}

deny contains finding if {
	class == "target-group"
	input.before.traffic.weighted_targets > 0
	input.traffic.weighted_targets == 0
	finding := {
		"message": sprintf(
			"none of its endpoints is sent to any more, before the change %d were",
			[input.before.traffic.weighted_targets],
		),
		"fact": "traffic.weighted_targets",
		"actual": 0,
		"required": input.before.traffic.weighted_targets,
	}
}
