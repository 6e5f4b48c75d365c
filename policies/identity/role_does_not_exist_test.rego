package seaworthy.identity.role_does_not_exist_test

import data.seaworthy.identity.role_does_not_exist

test_fail_missing_roles if {
	role_does_not_exist.deny == {_finding("backup"), _finding("nodes")} with input as _takes_on(["backup", "nodes"])
}

test_pass_no_missing_role if {
	role_does_not_exist.deny == set() with input as _takes_on([])
}

test_unknown_roles if {
	role_does_not_exist.deny == set() with input as {"joined": {}}
}

test_fail_instance_profile if {
	role_does_not_exist.deny == {_finding("of instance profile web")} with input as {
		"kind": "aws.autoscaling.group",
		"joined": {"missing_roles": ["of instance profile web"]},
	}
}

test_skip_launch_template_of_a_group if {
	not role_does_not_exist.applies with input as _template(false)
	role_does_not_exist.applies with input as _template(true)
}

_template(unused) := {
	"kind": "aws.ec2.launch-template",
	"joined": {"missing_roles": ["of instance profile web"], "is_recovery_side": true, "unused": unused},
}

_finding(role) := {
	"message": sprintf("it takes on the role %s, which does not exist", [role]),
	"fact": "joined.missing_roles",
	"actual": null,
	"required": role,
}

_takes_on(missing) := {"joined": {"missing_roles": missing}}
