package seaworthy.change.startup_resource_deleted_test

import data.seaworthy.change.startup_resource_deleted

test_fail_parameter if {
	startup_resource_deleted.deny == {_finding("delete")} with input as _input("aws.ssm.parameter", "delete", {})
	startup_resource_deleted.applies with input as _input("aws.ssm.parameter", "delete", {})
}

test_fail_repository_made_anew if {
	startup_resource_deleted.deny == {_finding("replace")} with input as _input("aws.ecr.repository", "replace", {})
	startup_resource_deleted.applies with input as _input("aws.ecr.repository", "replace", {})
}

test_fail_secret_with_a_window if {
	startup_resource_deleted.applies with input as _secret(30)
}

test_fail_log_group if {
	startup_resource_deleted.applies with input as _group(false)
}

test_fail_layer if {
	startup_resource_deleted.applies with input as _layer(false)
}

test_fail_add_on if {
	startup_resource_deleted.applies with input as _add_on(false)
}

test_fail_access_of_nodes if {
	startup_resource_deleted.applies with input as _access("ec2_linux")
}

test_pass_is_never_asked_of_what_stays if {
	not startup_resource_deleted.applies with input as _input("aws.ssm.parameter", "update", {})
}

test_unknown_window if {
	not startup_resource_deleted.applies with input as _input("aws.secretsmanager.secret", "delete", {})
}

test_not_applicable_secret_without_a_window if {
	not startup_resource_deleted.applies with input as _secret(0)
}

test_not_applicable_log_group_that_stays if {
	not startup_resource_deleted.applies with input as _group(true)
}

test_not_applicable_layer_that_stays if {
	not startup_resource_deleted.applies with input as _layer(true)
}

test_not_applicable_add_on_that_stays if {
	not startup_resource_deleted.applies with input as _add_on(true)
}

test_not_applicable_access_of_people if {
	not startup_resource_deleted.applies with input as _access("standard")
}

_finding(action) := {
	"message": sprintf("a %s takes it away, what starts with it requires it", [action]),
	"fact": "change.action",
	"actual": action,
	"required": "no-op",
}

_secret(days) := _input("aws.secretsmanager.secret", "delete", {"protection": {"recovery_window_days": days}})

_layer(kept) := _input("aws.lambda.layer", "delete", {"protection": {"kept_when_deleted": kept}})

_add_on(kept) := _input("aws.eks.add-on", "delete", {"kubernetes": {"kept_when_deleted": kept}})

_access(type) := _input("aws.eks.access-entry", "delete", {"kubernetes": {"access_type": type}})

_group(kept) := _input("aws.logs.group", "delete", {"log": {"kept_when_deleted": kept}})

_input(kind, action, before) := {"kind": kind, "change": {"action": action}, "before": before}
