package seaworthy.{area}.{name}_test

import data.seaworthy.{area}.{name}

test_fail_protection_is_off if {
	{name}.deny == {{
		"message": "deletion protection is off, and has to be on",
		"fact": "protection.deletion_protection",
		"actual": false,
		"required": true,
	}} with input as _instance({"deletion_protection": false})
	{name}.applies with input as _instance({"deletion_protection": false})
}

test_pass_protection_is_on if {
	{name}.deny == set() with input as _instance({"deletion_protection": true})
}

# The host makes this unknown: nothing fires, and the rule read a fact that is left out.
test_unknown_protection if {
	{name}.deny == set() with input as _instance({})
}

test_not_applicable_member_of_a_cluster if {
	not {name}.applies with input as {"kind": "aws.rds.instance", "database": {"cluster": "orders"}}
}

_instance(protection) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"protection": protection,
}
