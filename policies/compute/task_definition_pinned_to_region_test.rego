package seaworthy.compute.task_definition_pinned_to_region_test

import data.seaworthy.compute.task_definition_pinned_to_region

test_fail_endpoint_and_no_family_there if {
	task_definition_pinned_to_region.deny == {{
		"message": "container api, environment DB_HOST names a place in us-east-1, and no definition of its family is in us-west-2",
		"fact": "workload.mentions",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"at": "container api, environment DB_HOST"},
	}} with input as _definition({"counterpart": null}, [{"at": "container api, environment DB_HOST", "region": "us-east-1"}])
}

test_fail_image_and_log_and_no_family_there if {
	named := [{"at": "container api", "region": "us-east-1"}]
	definition := object.union(
		_definition({"counterpart": null}, []),
		{"workload": {"mentions": [], "images": named, "logs": named}},
	)
	finding := {
		"message": "container api names a place in us-east-1, and no definition of its family is in us-west-2",
		"actual": "us-east-1",
		"required": "us-west-2",
		"details": {"at": "container api"},
	}
	task_definition_pinned_to_region.deny == {
		object.union(finding, {"fact": "workload.images"}),
		object.union(finding, {"fact": "workload.logs"}),
	} with input as definition
}

test_pass_family_is_there if {
	there := {"counterpart": {"id": "api:1"}}
	definition := _definition(there, [{"at": "container api, environment DB_HOST", "region": "us-east-1"}])
	task_definition_pinned_to_region.deny == set() with input as definition
	task_definition_pinned_to_region.applies with input as definition
}

test_pass_names_no_place_of_its_region if {
	task_definition_pinned_to_region.deny == set() with input as _definition(
		{"counterpart": null},
		[{"at": "container api, environment PEER", "region": "us-west-2"}, {"at": "container api, environment URL", "region": null}],
	)
}

test_not_applicable_without_a_recovery_region if {
	not task_definition_pinned_to_region.applies with input as {"joined": {"recovery_region": null}}
}

test_unknown_counterpart if {
	task_definition_pinned_to_region.deny == set() with input as _definition({}, [{"at": "container api", "region": "us-east-1"}])
}

_definition(joined, mentions) := {
	"kind": "aws.ecs.task-definition",
	"place": {"account": "111122223333", "region": "us-east-1"},
	"workload": {"mentions": mentions, "images": [], "logs": []},
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
