# METADATA
# title: The live copy in the recovery region is further behind than the recovery point objective
# description: |
#   Who fails over to a copy loses what it has not got yet. By what was measured in the last hours, that is more than the
#   application may lose. The greatest lag of the time counts, for nobody chooses the moment of an outage.
#
#   Judged is what the application fails over to. What is restored by backup-restore, copied-recovery-point-too-old judges,
#   and buckets bucket-replication-stalled. Without a measurement the verdict is unknown: a table to which nobody writes has
#   none. An idle PostgreSQL database seems up to five minutes behind.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-monitoring.html
# custom:
#   id: replication-lag-exceeds-objective
#   severity: {default: high, pilot-light: high, warm-standby: high, active-active: high}
#   for: [database, cache, table, file-system]
#   remediation:
#     summary: a copy that is at most {{required|so many}} seconds behind, with as much capacity as what it follows
#     console: >-
#       RDS: the replica, Monitoring, Replica lag; make its class as large as that of its source, and split transactions
#       that write much at once.
#     cli: aws rds modify-db-instance --db-instance-identifier REPLICA --db-instance-class CLASS --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider            = aws.recovery
#         replicate_source_db = aws_db_instance.SOURCE.arn
#         instance_class      = aws_db_instance.SOURCE.instance_class
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL13-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6(2), CP-9(6)]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(B)]
#     dora: [Art. 12, Art. 12(6), RTS Art. 26(1)(c)]
#     nis2: [CIR 4.1.2(f), CIR 4.2]
package seaworthy.replication.replication_lag_exceeds_objective

import data.seaworthy.lib.copy.counts
import data.seaworthy.lib.text.span
import data.seaworthy.lib.unit.not_a_member
import data.seaworthy.lib.unit.not_a_replica

applies if {
	not_a_member
	not_a_replica
	input.joined.rpo_minutes != null
	input.joined.pattern != "backup-restore"
	_follows
}

_follows if {
	some lag in input.joined.lags
	_is_meant(lag)
}

_is_meant(lag) if {
	lag.usable == true
	counts(lag)
}

deny contains finding if {
	not satisfied
	seconds := min(_seconds)
	seconds > _allowed
	finding := {
		"message": sprintf(
			"its live copy was up to %s behind, at most %s are allowed",
			[span(ceil(seconds / 60)), span(input.joined.rpo_minutes)],
		),
		"fact": "joined.lags",
		"actual": seconds,
		"required": _allowed,
	}
}

deny contains finding if {
	not satisfied
	some lag in input.joined.lags
	_is_meant(lag)
	lag.stopped == true
	finding := {
		"message": sprintf("its live copy follows nothing now, at most %s are allowed", [span(input.joined.rpo_minutes)]),
		"fact": "joined.lags",
		"actual": "stopped",
		"required": _allowed,
	}
}

# One that is close enough is enough.
satisfied if {
	some lag in input.joined.lags
	_is_meant(lag)
	lag.stopped == false
	lag.seconds <= _allowed
}

_allowed := input.joined.rpo_minutes * 60 if input.joined.rpo_minutes != null

_seconds contains seconds if {
	some lag in input.joined.lags
	_is_meant(lag)
	lag.stopped == false
	seconds := lag.seconds
}
