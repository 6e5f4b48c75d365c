package seaworthy.network.reference_gone_test

import data.seaworthy.network.reference_gone

group := {"rel": "filtered-by", "class": "permission", "what": "security group", "id": "sg-1", "at": null}

check := {"rel": "gated-by", "class": "observability", "what": "Route 53 health check", "id": "check", "at": null}

rotation := {"rel": "rotated-by", "class": "observability", "what": "Lambda function", "id": "arn:function", "at": null}

log := {"rel": "logs-to", "class": "observability", "what": "log group", "id": "/orders", "at": null}

service(gone) := {"kind": "aws.ecs.service", "joined": {"gone": gone}}

test_fail_gone if {
	reference_gone.applies with input as service([group])
	reference_gone.deny == {{
		"message": "security group sg-1, which it refers to, does not exist",
		"fact": "joined.gone",
		"actual": null,
		"required": "sg-1",
		"details": {"rel": "filtered-by"},
	}} with input as service([group])
}

test_fail_by_what_it_is_for if {
	reference_gone.deny == {{
		"message": "Route 53 health check check, which it refers to, does not exist",
		"fact": "joined.gone",
		"actual": null,
		"required": "check",
		"details": {"rel": "gated-by"},
	}} with input as service([check, rotation])
}

test_fail_log_group_where_it_runs if {
	reference_gone.deny == {{
		"message": "log group /orders, which it refers to, does not exist",
		"fact": "joined.gone",
		"actual": null,
		"required": "/orders",
		"details": {"rel": "logs-to"},
	}} with input as {"kind": "aws.ecs.service", "joined": {"gone": [log], "is_recovery_side": false}}
}

test_pass_log_group_where_it_waits if {
	waits := {"kind": "aws.ecs.service", "joined": {"gone": [log], "is_recovery_side": true}}
	reference_gone.deny == set() with input as waits
}

test_pass_all_there if {
	reference_gone.applies with input as service([])
	reference_gone.deny == set() with input as service([])
}

test_unknown_references if {
	reference_gone.deny == set() with input as {"kind": "aws.ecs.service", "joined": {}}
}
