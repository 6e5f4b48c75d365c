# METADATA
# title: Nothing hands events to the function in the recovery region
# description: |
#   A function takes events from a queue, a stream or a table by an event source mapping, which belongs to one region.
#   Without one in the recovery region the function is there and never called: messages pile up, and nothing reports an
#   error.
#
#   Judged are mappings that are enabled. Their counterpart takes from a source of the same name, but for the region in
#   it, for the function that stands in. One that is disabled counts as missing, because somebody has to enable it; where
#   that keeps two regions from working on the same events until the failover, waive this finding with the step of the
#   runbook.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
# custom:
#   id: event-source-in-one-region
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: medium
#     warm-standby: high
#     active-active: high
#   for: [event-source]
#   remediation:
#     summary: an enabled mapping from the source of the recovery region to the function there
#     console: >-
#       In the recovery region: Lambda, Functions, the function, Configuration, Triggers, Add trigger.
#     cli: >-
#       aws lambda create-event-source-mapping --region RECOVERY_REGION --function-name NAME --event-source-arn ARN
#     terraform: |
#       resource "aws_lambda_event_source_mapping" "NAME" {
#         provider         = aws.recovery
#         event_source_arn = aws_sqs_queue.RECOVERY.arn
#         function_name    = aws_lambda_function.RECOVERY.arn
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
package seaworthy.redundancy.event_source_in_one_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.status.healthy == true
}

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("nothing hands these events to its function in %s, an enabled mapping is required", [recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that is enabled is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "enabled",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
