# METADATA
# title: Function cannot be called in the recovery region
# description: |
#   The function is in the recovery region, and calling it fails: its creation failed, it is inactive because nobody
#   called it for weeks (the first call then fails and wakes it up), or a reserved concurrency of 0 switches it off.
#
#   A reserved concurrency of 0 is a common switch to keep a standby from working. It then has to be taken off during the
#   outage, by a call to the control plane of a region to which everybody fails over; where that is the plan, waive this
#   finding with the step of the runbook.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
# custom:
#   id: function-cannot-run-in-recovery-region
#   severity:
#     default: high
#     backup-restore: medium
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   blocker: [warm-standby, active-active]
#   for: [function]
#   remediation:
#     summary: a function in the recovery region that is active and may run
#     console: >-
#       In the recovery region: Lambda, Functions, the function, Configuration, Concurrency, Edit; where its state is
#       failed, deploy it again.
#     cli: >-
#       aws lambda delete-function-concurrency --region RECOVERY_REGION --function-name NAME
#     terraform: |
#       resource "aws_lambda_function" "NAME" {
#         provider                       = aws.recovery
#         reserved_concurrent_executions = -1
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
package seaworthy.redundancy.function_cannot_run_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	input.capacity.max != 0
	input.joined.counterpart != null
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that is active is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "active",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

deny contains finding if {
	input.joined.standby_max == 0
	finding := {
		"message": sprintf("its counterpart in %s has a reserved concurrency of 0, at least 1 is required", [recovery.place]),
		"fact": "joined.standby_max",
		"actual": 0,
		"required": 1,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
