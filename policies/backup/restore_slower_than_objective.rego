# METADATA
# title: The measured restore takes longer than the recovery time objective
# description: |
#   The newest successful restore took longer than the application may be down. In an outage the restore alone
#   misses the objective, before anything else is done.
#
#   Only a measured time is judged. Where no restore was timed, whether the objective is met is unknown.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/plan-for-disaster-recovery-dr.html
# custom:
#   id: restore-slower-than-objective
#   severity: high
#   for: [stateful]
#   except: [cache]
#   remediation:
#     summary: a live replica (pilot light or warm standby), or a longer objective
#     console: >-
#       RDS: the database, Actions, Create read replica in {{joined.recovery_region|the recovery region}}; for Aurora:
#       Add AWS Region.
#     cli: >-
#       aws rds create-db-instance-read-replica --region {{joined.recovery_region|RECOVERY_REGION}}
#       --db-instance-identifier NAME --source-db-instance-identifier ARN
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider            = aws.recovery
#         replicate_source_db = aws_db_instance.SOURCE.arn
#         instance_class      = aws_db_instance.SOURCE.instance_class
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-6(2), CP-10(4)]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.3]
#     dora: [Art. 11, Art. 12, Art. 12(6), RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1, CIR 4.1.2(f), CIR 4.2.2(a)]
package seaworthy.backup.restore_slower_than_objective

import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.rto_minutes != null
}

deny contains finding if {
	input.joined.rto_minutes != null
	input.joined.restore_seconds != null
	took := ceil(input.joined.restore_seconds / 60)
	took > input.joined.rto_minutes
	finding := {
		"message": sprintf(
			"its restore took %s, at most %s are allowed",
			[span(took), span(input.joined.rto_minutes)],
		),
		"fact": "joined.restore_seconds",
		"actual": took,
		"required": input.joined.rto_minutes,
	}
}
