package seaworthy.backup.recovery_points_missing_test

import data.seaworthy.backup.recovery_points_missing as policy

database(to, minutes) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"joined": {"point_gap": {"from": "2026-01-05T05:00:00Z", "to": to, "minutes": minutes, "promised_minutes": 1920}},
}

test_fail_a_hole_between_two_points if {
	policy.applies with input as database("2026-01-09T05:00:00Z", 5760)
	policy.deny == {{
		"message": "no recovery point in the recovery region between 2026-01-05 05:00 and 2026-01-09 05:00: 4 days, at most 32 hours are allowed for",
		"fact": "joined.point_gap.minutes",
		"actual": 5760,
		"required": 1920,
	}} with input as database("2026-01-09T05:00:00Z", 5760)
}

test_fail_none_since if {
	policy.deny == {{
		"message": "no recovery point in the recovery region since 2026-01-05 05:00: 2 days, at most 32 hours are allowed for",
		"fact": "joined.point_gap.minutes",
		"actual": 2880,
		"required": 1920,
	}} with input as database(null, 2880)
}

test_pass_as_promised if {
	policy.deny == set() with input as database("2026-01-06T05:00:00Z", 1440)
}

test_unknown_points if {
	policy.deny == set() with input as {"kind": "aws.rds.instance", "database": {"cluster": null}, "joined": {}}
}

test_not_asked_where_there_is_none if {
	not policy.applies with input as {"kind": "aws.rds.instance", "database": {"cluster": null}, "joined": {"point_gap": null}}
}
