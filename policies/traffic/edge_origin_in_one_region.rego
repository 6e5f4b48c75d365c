# METADATA
# title: An edge leads to one region only
# description: |
#   A CloudFront distribution or an accelerator stands all over the world, and what it leads to does not: once the one
#   region is lost, every request that gets past its cache fails. Nobody may be able to change that during the outage:
#   CloudFront is changed by us-east-1, Global Accelerator by us-west-2.
#
#   Each path of a distribution and each listener of an accelerator is judged. It has to lead to a second region: by the
#   second member of an origin group, which CloudFront asks for GET, HEAD and OPTIONS only; by a host name of which DNS
#   records lead to both regions, which holds for all methods; or by a second endpoint group with an endpoint whose weight
#   is above 0. The traffic dial of that group may be 0: a failover does not heed it. Hosts of a region are known by
#   their name, others by the records and resources that answer to them. What is turned off is not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
#   - ref: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
# custom:
#   id: edge-origin-in-one-region
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   blocker: [warm-standby, active-active]
#   for: [edge]
#   remediation:
#     summary: a second origin, or a second endpoint group, in the recovery region
#     console: >-
#       CloudFront: the distribution, Origins, Create origin in the recovery region, then Create origin group with both;
#       Behaviors, Edit, the group. Global Accelerator: the listener, Add endpoint group in the recovery region.
#     cli: >-
#       aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json; aws
#       globalaccelerator create-endpoint-group --region us-west-2 --listener-arn ARN --endpoint-group-region
#       {{joined.recovery_region|RECOVERY_REGION}} --endpoint-configurations EndpointId=ARN,Weight=128
#     terraform: |
#       resource "aws_cloudfront_distribution" "NAME" {
#         origin_group {
#           origin_id = "site"
#
#           failover_criteria {
#             status_codes = [500, 502, 503, 504]
#           }
#
#           member {
#             origin_id = "source"
#           }
#
#           member {
#             origin_id = "recovery"
#           }
#         }
#       }
#
#       resource "aws_globalaccelerator_endpoint_group" "recovery" {
#         listener_arn          = aws_globalaccelerator_listener.NAME.arn
#         endpoint_group_region = "{{joined.recovery_region|RECOVERY_REGION}}"
#
#         endpoint_configuration {
#           endpoint_id = aws_lb.RECOVERY.arn
#           weight      = 128
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.edge_origin_in_one_region

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.traffic.enabled == true
}

deny contains finding if {
	some route in input.joined.routes
	route.only_region in input.joined.lost_regions
	finding := {
		"message": sprintf(
			"%s leads to %s only, something in %s that takes over is required",
			[concat(", ", route.requests), route.only_region, recovery.place],
		),
		"fact": "joined.routes",
		"actual": route.only_region,
		"required": recovery.place,
		"details": {"requests": route.requests},
	}
}
