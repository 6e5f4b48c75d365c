# METADATA
# title: The newest drill took longer than the recovery time objective
# description: |
#   The application came back, but later than it has to. The time counts from the loss of the region until somebody said that
#   the application was back: finding out and deciding are part of it.
#
#   The newest drill that passed is judged by the objective of today. Where none passed, drill-overdue tells it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html
# custom:
#   id: rto-not-met
#   severity: high
#   for: [drill-record]
#   remediation:
#     summary: the longest steps of the drill made shorter, or a longer objective
#     console: >-
#       No console knows of it: the steps of the drill say where the time went. A live replica (pilot light or warm standby)
#       needs no restore.
#     cli: seaworthy drill show {{drills.application|APPLICATION}}
#     terraform: |
#       # Backups that are restored, made live replicas. For a database:
#       resource "aws_db_instance" "NAME" {
#         provider            = aws.recovery
#         replicate_source_db = aws_db_instance.SOURCE.arn
#         instance_class      = aws_db_instance.SOURCE.instance_class
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP01, REL13-BP02, REL13-BP03]
#     nist-800-53-r5: [CP-2, CP-4, CP-10(4)]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.3]
#     dora: [Art. 11, Art. 12(6), Art. 25, RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1, CIR 4.1.2(f), CIR 4.2.6]
package seaworthy.drills.rto_not_met

import data.seaworthy.lib.text.span

applies if {
	count(input.joined.applications) > 0
	input.drills.record != null
	input.drills.passed_days != null
	input.joined.rto_minutes != null
}

deny contains finding if {
	input.drills.recovered_seconds > input.joined.rto_minutes * 60
	took := ceil(input.drills.recovered_seconds / 60)
	finding := {
		"message": sprintf(
			"its newest drill took %s until it was back, at most %s are allowed",
			[span(took), span(input.joined.rto_minutes)],
		),
		"fact": "drills.recovered_seconds",
		"actual": input.drills.recovered_seconds,
		"required": input.joined.rto_minutes * 60,
	}
}
