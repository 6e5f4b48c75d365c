package seaworthy.replication.managed_secret_in_one_region_test

import data.seaworthy.replication.managed_secret_in_one_region

test_fail_managed_by_rds if {
	managed_secret_in_one_region.deny == {{
		"message": "its password is kept by the service in this region only, it is required in us-west-2 too",
		"fact": "database.managed_secret",
		"actual": true,
		"required": false,
	}} with input as _input(true)
}

test_pass_own_secret if {
	managed_secret_in_one_region.deny == set() with input as _input(false)
	managed_secret_in_one_region.applies with input as _input(false)
}

test_not_applicable_without_a_recovery_region if {
	not managed_secret_in_one_region.applies with input as {
		"kind": "aws.rds.cluster",
		"joined": {"recovery_region": null},
	}
}

test_unknown_secret if {
	managed_secret_in_one_region.deny == set() with input as {"database": {}, "joined": {"recovery_region": "us-west-2"}}
}

_input(managed) := {
	"kind": "aws.rds.cluster",
	"database": {"managed_secret": managed},
	"joined": {"recovery_region": "us-west-2"},
}
