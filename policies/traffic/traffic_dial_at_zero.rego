# METADATA
# title: A region that should serve all the time is dialled down to nothing
# description: |
#   Active-active promises that every region serves all the time. With a traffic dial of 0 the endpoint group gets
#   requests only once all others have failed, and whether it can serve shows then for the first time.
#
#   Under the other patterns a dial of 0 is a way to keep a region in reserve, and is not judged: a failover of Global
#   Accelerator does not heed it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html
# custom:
#   id: traffic-dial-at-zero
#   severity: medium
#   for: [aws.globalaccelerator.endpoint-group]
#   remediation:
#     summary: a traffic dial above 0, so that the region gets its share
#     console: "Global Accelerator: the accelerator, the listener, the endpoint group, Edit, Traffic dial."
#     cli: >-
#       aws globalaccelerator update-endpoint-group --region us-west-2 --endpoint-group-arn ARN
#       --traffic-dial-percentage 100
#     terraform: |
#       resource "aws_globalaccelerator_endpoint_group" "NAME" {
#         traffic_dial_percentage = 100
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.traffic_dial_at_zero

applies if input.joined.pattern == "active-active"

deny contains finding if {
	input.traffic.dial_percent == 0
	finding := {
		"message": "its traffic dial is 0 %, more than 0 % is required where every region serves all the time",
		"fact": "traffic.dial_percent",
		"actual": 0,
		"required": 100,
	}
}
