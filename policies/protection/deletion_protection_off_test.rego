package seaworthy.protection.deletion_protection_off_test

import data.seaworthy.protection.deletion_protection_off

test_fail_protection_off if {
	deletion_protection_off.deny == {{
		"message": "deletion protection is off, it is required to be on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}} with input as {"protection": {"deletion_protection": false}}
}

test_pass_protection_on if {
	deletion_protection_off.deny == set() with input as {"protection": {"deletion_protection": true}}
}

test_unknown_protection if {
	deletion_protection_off.deny == set() with input as {"protection": {}}
}

test_pass_database_alone_is_judged if {
	deletion_protection_off.applies with input as {"kind": "aws.rds.instance", "database": {"cluster": null}}
}

test_not_applicable_member_of_a_cluster if {
	not deletion_protection_off.applies with input as {"kind": "aws.rds.instance", "database": {"cluster": "orders"}}
}
