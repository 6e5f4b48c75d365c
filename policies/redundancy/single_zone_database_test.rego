package seaworthy.redundancy.single_zone_database_test

import data.seaworthy.redundancy.single_zone_database

test_fail_one_zone if {
	single_zone_database.deny == {{
		"message": "stands in one availability zone, a standby in a second one is required",
		"fact": "redundancy.multi_zone",
		"actual": false,
		"required": true,
	}} with input as {"redundancy": {"multi_zone": false}}
}

test_pass_multi_az if {
	single_zone_database.deny == set() with input as _instance
	single_zone_database.applies with input as _instance
}

test_not_applicable_member_of_a_cluster if {
	not single_zone_database.applies with input as object.union(_instance, {"database": {"cluster": "orders"}})
}

test_unknown_multi_az if {
	single_zone_database.deny == set() with input as {"redundancy": {}}
}

_instance := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"redundancy": {"multi_zone": true},
}
