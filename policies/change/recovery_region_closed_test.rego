package seaworthy.change.recovery_region_closed_test

import data.seaworthy.change.recovery_region_closed

test_fail_shut_out if {
	recovery_region_closed.deny == {{
		"message": "shuts us-west-2 out, in which others come back, before the change it did not",
		"fact": "joined.shut_out",
		"actual": "us-west-2",
		"required": null,
	}} with input as {"kind": "aws.organizations.policy", "change": {"action": "update"}, "joined": {"shut_out": ["us-west-2"]}}
}

test_pass_leaves_it_alone if {
	recovery_region_closed.deny == set() with input as {"kind": "aws.organizations.policy", "change": {"action": "create"}, "joined": {"shut_out": []}}
}

test_pass_deleted if {
	recovery_region_closed.deny == set() with input as {"kind": "aws.organizations.policy", "change": {"action": "delete"}, "joined": {"shut_out": null}}
}

test_unknown_statement if {
	recovery_region_closed.deny == set() with input as {"kind": "aws.organizations.policy", "change": {"action": "update"}, "joined": {}}
}

test_fail_turned_off if {
	recovery_region_closed.deny == {{
		"message": "is turned off, what comes back here from us-east-1 requires it",
		"fact": "status.healthy",
		"actual": false,
		"required": true,
	}} with input as _region(["us-east-1"], false)
}

test_pass_stays_on if {
	recovery_region_closed.deny == set() with input as _region(["us-east-1"], true)
}

test_pass_where_nothing_comes_back if {
	recovery_region_closed.deny == set() with input as _region([], false)
}

test_unknown_place if {
	recovery_region_closed.deny == set() with input as {
		"kind": "aws.account.region",
		"change": {"action": "update"},
		"status": {"healthy": false},
		"before": {"status": {"healthy": true}},
		"joined": {},
	}
}

_region(regions, enabled) := {
	"kind": "aws.account.region",
	"change": {"action": "update"},
	"status": {"healthy": enabled},
	"before": {"status": {"healthy": true}},
	"joined": {"stands_in_for": regions},
}
