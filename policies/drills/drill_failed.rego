# METADATA
# title: The newest drill of the application failed
# description: |
#   People tried to recover the application, and it did not come back. Until a drill passes, there is no reason to believe that
#   an outage would end better, whatever an older drill has shown.
#
#   What was called off is left out: it shows nothing. Without a record, whether there was a drill is unknown, which
#   drill-overdue tells.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_dr_tested.html
# custom:
#   id: drill-failed
#   severity: high
#   for: [drill-record]
#   remediation:
#     summary: what stopped it is mended, and a drill passes
#     console: >-
#       No console knows of it: the notes and the steps of the drill say where it stopped.
#     cli: seaworthy drill show {{drills.application|APPLICATION}}
#     terraform: |
#       # No resource makes a drill. What stopped it is what has to be in the code.
#   frameworks:
#     aws-well-architected: [REL13-BP03]
#     nist-800-53-r5: [CP-4, CP-4(2), CP-4(4)]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.3]
#     hipaa: [164.308(a)(7)(ii)(D)]
#     dora: [Art. 11(6), Art. 25, RTS Art. 25(2)(c)]
#     nis2: [CIR 4.1, CIR 4.1.4, CIR 4.2.6]
package seaworthy.drills.drill_failed

import data.seaworthy.lib.text.days

# Without a record, one question is open, not four.
applies if {
	count(input.joined.applications) > 0
	input.drills.record != null
	input.drills.newest_outcome != null
}

deny contains finding if {
	input.drills.newest_outcome == "failed"
	finding := {
		"message": sprintf("its newest drill failed, %s ago", [days(floor(input.drills.newest_days))]),
		"fact": "drills.newest_outcome",
		"actual": "failed",
		"required": "passed",
	}
}
