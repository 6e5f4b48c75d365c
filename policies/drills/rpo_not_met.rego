# METADATA
# title: More data was lost in the newest drill than the recovery point objective allows
# description: |
#   Of everything that holds data, somebody looked how new the newest data was that came back. The time from then to the loss
#   of the region is what was lost.
#
#   The newest drill that passed is judged by the objective of today. One resource that lost too much is enough to fail; a pass
#   needs a look at every one of the recovery sequence.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html
# custom:
#   id: rpo-not-met
#   severity: high
#   for: [drill-record]
#   remediation:
#     summary: copies that are made more often, or a longer objective
#     console: >-
#       AWS Backup: Backup plans, the plan, the rule, Schedule and Copy to destination; or a replica that follows at once.
#     cli: seaworthy drill show {{drills.application|APPLICATION}}
#     terraform: |
#       resource "aws_backup_plan" "NAME" {
#         rule {
#           schedule = "cron(0/15 * * * ? *)"
#           copy_action {
#             destination_vault_arn = aws_backup_vault.RECOVERY.arn
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP01, REL13-BP02, REL13-BP03]
#     nist-800-53-r5: [CP-2, CP-4, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.3]
#     dora: [Art. 11, Art. 12(6), Art. 25, RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1, CIR 4.1.2(f), CIR 4.2.6]
package seaworthy.drills.rpo_not_met

import data.seaworthy.lib.text.span

applies if {
	count(input.joined.applications) > 0
	input.drills.record != null
	input.drills.passed_days != null
	input.joined.rpo_minutes != null
}

# What was not looked at cannot make it less.
deny contains finding if {
	finding := _too_much(input.drills.lost_at_least_seconds)
}

deny contains finding if {
	not _sure
	finding := _too_much(input.drills.lost_seconds)
}

_sure if input.drills.lost_at_least_seconds > input.joined.rpo_minutes * 60

_too_much(lost) := {
	"message": sprintf(
		"in its newest drill the data of %s was lost, at most %s are allowed",
		[span(ceil(lost / 60)), span(input.joined.rpo_minutes)],
	),
	"fact": "drills.lost_seconds",
	"actual": lost,
	"required": input.joined.rpo_minutes * 60,
} if {
	lost > input.joined.rpo_minutes * 60
}
