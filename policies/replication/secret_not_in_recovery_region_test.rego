package seaworthy.replication.secret_not_in_recovery_region_test

import data.seaworthy.replication.secret_not_in_recovery_region

test_fail_nothing_there if {
	secret_not_in_recovery_region.deny == {{
		"message": "the secret is not in us-west-2, a replica or a secret of its name is required there",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
		"details": {"used_by": ["task"]},
	}} with input as _input(null)
	secret_not_in_recovery_region.applies with input as _input(null)
}

test_fail_about_to_be_deleted_there if {
	secret_not_in_recovery_region.deny == {{
		"message": "the secret in us-west-2 is pending deletion, one that stays is required",
		"fact": "joined.counterpart",
		"actual": "pendingdeletion",
		"required": "us-west-2",
		"details": {"counterpart": "there"},
	}} with input as _input({"id": "there", "how": "same-name", "state": "pendingdeletion", "usable": false})
}

test_pass_replica if {
	secret_not_in_recovery_region.deny == set() with input as _input({"id": "there", "how": "replica", "usable": false})
	secret_not_in_recovery_region.applies with input as _input({"id": "there", "how": "replica", "usable": false})
}

test_pass_secret_of_its_name if {
	secret_not_in_recovery_region.deny == set() with input as _input({"id": "there", "how": "same-name", "usable": true})
	secret_not_in_recovery_region.applies with input as _input({"id": "there", "how": "same-name", "usable": true})
}

test_unknown_state_of_a_secret_of_its_name if {
	secret_not_in_recovery_region.deny == set() with input as _input({"id": "there", "how": "same-name"})
	secret_not_in_recovery_region.applies with input as _input({"id": "there", "how": "same-name"})
}

test_unknown_counterpart if {
	secret_not_in_recovery_region.deny == set() with input as {"secret": _source, "joined": _here}
	secret_not_in_recovery_region.applies with input as {"secret": _source, "joined": _here}
}

test_not_applicable_replica if {
	not secret_not_in_recovery_region.applies with input as {
		"secret": object.union(_source, {"primary_region": "us-east-1"}),
		"joined": _here,
	}
}

test_not_applicable_of_a_service if {
	not secret_not_in_recovery_region.applies with input as {
		"secret": object.union(_source, {"owner": "rds"}),
		"joined": _here,
	}
}

test_not_applicable_about_to_be_deleted if {
	not secret_not_in_recovery_region.applies with input as {
		"secret": object.union(_source, {"deletion_date": "2026-01-10T00:00:00Z"}),
		"joined": _here,
	}
}

test_not_applicable_without_a_recovery_region if {
	not secret_not_in_recovery_region.applies with input as {"secret": _source, "joined": {"recovery_region": null}}
}

_source := {"primary_region": null, "owner": null, "deletion_date": null}

_here := {"recovery_region": "us-west-2", "in_another_account": false, "used_by": ["task"]}

_input(counterpart) := {"secret": _source, "joined": object.union(_here, {"counterpart": counterpart})}
