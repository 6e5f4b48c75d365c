package seaworthy.change.stateful_resource_replaced_test

import data.seaworthy.change.stateful_resource_replaced

test_fail_replaced if {
	stateful_resource_replaced.deny == {{
		"message": "it is replaced by an empty one, its data is required to stay",
		"fact": "change.action",
		"actual": "replace",
		"required": "no-op",
		"details": {"because_of": ["kms_key_id"]},
	}} with input as _change("replace", ["kms_key_id"])
}

test_fail_replaced_by_order if {
	stateful_resource_replaced.deny == {{
		"message": "it is replaced by an empty one, its data is required to stay",
		"fact": "change.action",
		"actual": "replace",
		"required": "no-op",
		"details": {"because_of": []},
	}} with input as {"change": {"action": "replace"}}
}

test_pass_updated if {
	stateful_resource_replaced.deny == set() with input as _change("update", [])
	stateful_resource_replaced.applies with input as _change("update", [])
}

test_not_applicable_deleted if {
	not stateful_resource_replaced.applies with input as _change("delete", [])
}

test_unknown_whether_it_was_a_replica if {
	not stateful_resource_replaced.applies with input as {
		"kind": "aws.rds.cluster",
		"change": {"action": "replace"},
		"before": {"replication": {}},
	}
}

_change(action, paths) := {
	"kind": "aws.rds.cluster",
	"change": {"action": action, "replace_paths": paths},
	"before": {"replication": {"role": "none"}},
}
