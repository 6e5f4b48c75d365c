package seaworthy.network.reference_gone_test

import data.seaworthy.network.reference_gone

test_fail_gone if {
	reference_gone.deny == {_finding(_group), _finding(_table)} with input as _refers_to([_group, _table])
	reference_gone.applies with input as _refers_to([_group])
}

test_pass_all_there if {
	reference_gone.deny == set() with input as _refers_to([])
	reference_gone.applies with input as _refers_to([])
}

test_unknown_references if {
	reference_gone.deny == set() with input as {"kind": "aws.ecs.service", "joined": {}}
}

test_fail_by_what_it_is_for if {
	reference_gone.deny == {_finding(_check)} with input as _refers_to([_check, _rotation])
}

test_fail_log_group_where_it_runs if {
	reference_gone.deny == {_finding(_log)} with input as _waits(false)
	reference_gone.deny == set() with input as _waits(true)
}

_group := _reference("filtered-by", "permission", "security group", "sg-1")

_table := _reference("consumes", "data-flow", "DynamoDB table", "arn:table")

_check := _reference("gated-by", "observability", "Route 53 health check", "check")

_rotation := _reference("rotated-by", "observability", "Lambda function", "arn:function")

_log := _reference("logs-to", "observability", "log group", "/orders")

_reference(rel, class, what, id) := {"rel": rel, "class": class, "what": what, "id": id, "at": null}

_refers_to(gone) := {"kind": "aws.ecs.service", "joined": {"gone": gone}}

_waits(is_recovery_side) := {
	"kind": "aws.ecs.task-definition",
	"joined": {"gone": [_log], "is_recovery_side": is_recovery_side},
}

_finding(reference) := {
	"message": sprintf("%s %s, which it refers to, does not exist", [reference.what, reference.id]),
	"fact": "joined.gone",
	"actual": null,
	"required": reference.id,
	"details": {"rel": reference.rel},
}
