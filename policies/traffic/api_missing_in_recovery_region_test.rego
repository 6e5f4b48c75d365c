package seaworthy.traffic.api_missing_in_recovery_region_test

import data.seaworthy.traffic.api_missing_in_recovery_region

test_fail_nothing_there if {
	api_missing_in_recovery_region.deny == {{
		"message": "no API stands in for it in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _of("aws.apigateway.api", {"counterpart": null})
}

test_fail_domain_in_one_region if {
	api_missing_in_recovery_region.deny == {{
		"message": "no domain of the same name is in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _of("aws.apigateway.domain", {"counterpart": null})
}

test_fail_counterpart_without_a_stage if {
	api_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is not deployed, one that takes requests is required",
		"fact": "joined.counterpart",
		"actual": "not deployed",
		"required": "usable",
		"details": {"counterpart": "west"},
	}} with input as _of("aws.apigateway.api", {"counterpart": {"id": "west", "state": "not deployed", "usable": false}})
}

test_pass_counterpart_is_deployed if {
	there := {"counterpart": {"id": "west", "state": "deployed", "usable": true}}
	api_missing_in_recovery_region.deny == set() with input as _of("aws.apigateway.api", there)
	api_missing_in_recovery_region.applies with input as _of("aws.apigateway.api", there)
}

test_not_applicable_without_a_recovery_region if {
	not api_missing_in_recovery_region.applies with input as _of("aws.apigateway.api", {"recovery_region": null})
}

test_unknown_counterpart if {
	api_missing_in_recovery_region.deny == set() with input as _of("aws.apigateway.api", {})
}

_of(kind, joined) := {
	"kind": kind,
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
