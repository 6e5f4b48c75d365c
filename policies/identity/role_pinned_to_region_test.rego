package seaworthy.identity.role_pinned_to_region_test

import data.seaworthy.identity.role_pinned_to_region

test_fail_allowed_in_one_region if {
	role_pinned_to_region.deny == {{
		"message": "inline policy 'app', statement 1 holds it to us-east-1 by condition, us-west-2 is required too",
		"fact": "role.pins",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"value": "us-east-1"},
	}} with input as _role([
		_pin("us-east-1", 1, "condition", true),
		_pin("us-west-2", 2, "resource", true),
	])
}

test_fail_denied_elsewhere if {
	role_pinned_to_region.deny == {{
		"message": "inline policy 'app', statement 1 holds it to us-east-1 by condition, us-west-2 is required too",
		"fact": "role.pins",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"value": "us-east-1"},
	}} with input as _role([
		_pin("us-east-1", 1, "condition", false),
		_pin("us-west-2", 2, "condition", false),
		_pin("us-west-2", 3, "condition", true),
	])
}

test_fail_the_other_region_is_of_another_service if {
	role_pinned_to_region.deny == {{
		"message": "inline policy 'app', statement 1 holds it to us-east-1 by resource, us-west-2 is required too",
		"fact": "role.pins",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"value": "us-east-1"},
	}} with input as _role([
		_pin("us-east-1", 1, "resource", true),
		object.union(_pin("us-west-2", 2, "resource", true), {"services": ["sns"]}),
	])
}

test_fail_the_recovery_region_is_shut_out if {
	role_pinned_to_region.deny == {{
		"message": "inline policy 'app', statement 1 shuts us-west-2 out by condition",
		"fact": "role.pins",
		"actual": "us-west-*",
		"required": "us-west-2",
		"details": {"value": "us-west-*"},
	}} with input as _role([object.union(_pin("us-west-*", 1, "condition", false), {"excludes": true})])
}

test_fail_pattern_of_other_regions if {
	role_pinned_to_region.deny == {{
		"message": "inline policy 'app', statement 1 holds it to eu-* by condition, us-west-2 is required too",
		"fact": "role.pins",
		"actual": "eu-*",
		"required": "us-west-2",
		"details": {"value": "eu-*"},
	}} with input as _role([_pin("eu-*", 1, "condition", true)])
}

test_pass_pattern_with_the_region if {
	role_pinned_to_region.deny == set() with input as _role([_pin("us-*", 1, "condition", true)])
}

test_pass_another_region_is_shut_out if {
	role_pinned_to_region.deny == set() with input as _role([object.union(
		_pin("ap-southeast-1", 1, "condition", false),
		{"excludes": true},
	)])
}

test_pass_any_service_is_allowed_there if {
	role_pinned_to_region.deny == set() with input as _role([
		_pin("us-east-1", 1, "condition", true),
		object.union(_pin("us-west-2", 2, "condition", true), {"services": ["*"]}),
	])
}

test_pass_allowed_in_both_regions if {
	role_pinned_to_region.deny == set() with input as _both
	role_pinned_to_region.applies with input as _both
}

test_pass_role_that_is_needed if {
	role_pinned_to_region.applies with input as {
		"role": {"service_linked": false},
		"joined": {"recovery_region": "us-west-2", "needed_in_recovery": true},
	}
}

test_not_applicable_service_linked if {
	not role_pinned_to_region.applies with input as object.union(_both, {"role": {"service_linked": true}})
}

test_not_applicable_not_needed if {
	not role_pinned_to_region.applies with input as object.union(_both, {"joined": {"needed_in_recovery": false}})
}

test_unknown_policies if {
	role_pinned_to_region.deny == set() with input as {"role": {}, "joined": {"recovery_region": "us-west-2"}}
}

_both := _role([_pin("us-east-1", 1, "condition", true), _pin("us-west-2", 2, "condition", true)])

_role(pins) := {
	"role": {"service_linked": false, "pins": pins},
	"joined": {"recovery_region": "us-west-2", "needed_in_recovery": true},
}

_pin(region, statement, how, allow) := {
	"region": region,
	"at": sprintf("inline policy 'app', statement %d", [statement]),
	"how": how,
	"value": region,
	"allow": allow,
	"excludes": false,
	"services": ["sqs"],
}
