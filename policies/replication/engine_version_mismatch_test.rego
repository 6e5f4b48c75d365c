package seaworthy.replication.engine_version_mismatch_test

import data.seaworthy.replication.engine_version_mismatch

test_fail_older_than_its_source if {
	engine_version_mismatch.deny == {{
		"message": "its engine version is 15.3, that of its source is 15.4",
		"fact": "database.engine_version",
		"actual": "15.3",
		"required": "15.4",
	}} with input as _replica("15.3")
}

test_pass_same_version if {
	engine_version_mismatch.deny == set() with input as _replica("15.4")
	engine_version_mismatch.applies with input as _replica("15.4")
}

test_pass_leading_number if {
	engine_version_mismatch.deny == set() with input as _replica("15")
}

test_not_applicable_without_a_source if {
	not engine_version_mismatch.applies with input as {
		"kind": "aws.rds.cluster",
		"replication": {"role": "replica", "global": "shop"},
		"joined": {"source": null},
	}
}

test_unknown_version_of_the_source if {
	engine_version_mismatch.deny == set() with input as {
		"database": {"engine_version": "15.4"},
		"joined": {"source": {}},
	}
}

_replica(version) := {
	"kind": "aws.rds.cluster",
	"replication": {"role": "replica", "global": "shop"},
	"database": {"engine_version": version},
	"joined": {"source": {"engine_version": "15.4"}},
}
