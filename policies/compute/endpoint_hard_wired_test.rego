package seaworthy.compute.endpoint_hard_wired_test

import data.seaworthy.compute.endpoint_hard_wired

test_fail_endpoint_of_the_lost_region if {
	endpoint_hard_wired.deny == {{
		"message": "container api, environment DB_HOST names shop.x.us-east-1.rds.amazonaws.com in us-east-1, the region that is lost",
		"fact": "joined.hard_wired",
		"actual": "shop.x.us-east-1.rds.amazonaws.com",
		"required": "nothing",
		"details": {"at": "container api, environment DB_HOST", "what": "endpoint"},
	}} with input as _definition([{
		"at": "container api, environment DB_HOST",
		"what": "endpoint",
		"value": "shop.x.us-east-1.rds.amazonaws.com",
		"region": "us-east-1",
	}])
}

test_pass_nothing_of_the_lost_region if {
	endpoint_hard_wired.deny == set() with input as _definition([])
	endpoint_hard_wired.applies with input as _definition([])
}

test_not_applicable_where_no_region_comes_back if {
	not endpoint_hard_wired.applies with input as _definition(null)
}

test_unknown_what_it_is_told if {
	endpoint_hard_wired.deny == set() with input as {"kind": "aws.ecs.task-definition", "joined": {}}
}

_definition(places) := {"kind": "aws.ecs.task-definition", "joined": {"hard_wired": places}}
