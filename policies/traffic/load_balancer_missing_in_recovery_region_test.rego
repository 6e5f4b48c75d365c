package seaworthy.traffic.load_balancer_missing_in_recovery_region_test

import data.seaworthy.traffic.load_balancer_missing_in_recovery_region

test_fail_nothing_there if {
	load_balancer_missing_in_recovery_region.deny == {{
		"message": "no load balancer stands in for it in us-west-2, where one is required",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
	}} with input as _balancer({"counterpart": null, "missing_ports": null})
}

test_fail_counterpart_failed if {
	load_balancer_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 is failed, one that takes requests is required",
		"fact": "joined.counterpart",
		"actual": "failed",
		"required": "usable",
		"details": {"counterpart": "west"},
	}} with input as _balancer({
		"counterpart": {"id": "west", "state": "failed", "usable": false},
		"missing_ports": [],
	})
}

test_fail_counterpart_without_a_listener if {
	load_balancer_missing_in_recovery_region.deny == {{
		"message": "its counterpart in us-west-2 does not listen on port 80, 443, as it does itself",
		"fact": "joined.missing_ports",
		"actual": [80, 443],
		"required": [],
		"details": {"counterpart": "west"},
	}} with input as _balancer({"counterpart": _there, "missing_ports": [80, 443]})
}

test_pass_counterpart_that_listens if {
	load_balancer_missing_in_recovery_region.deny == set() with input as _balancer({"counterpart": _there, "missing_ports": []})
	load_balancer_missing_in_recovery_region.applies with input as _balancer({"counterpart": _there, "missing_ports": []})
}

test_not_applicable_without_a_recovery_region if {
	not load_balancer_missing_in_recovery_region.applies with input as _balancer({"recovery_region": null})
}

test_unknown_counterpart if {
	load_balancer_missing_in_recovery_region.deny == set() with input as _balancer({})
}

_there := {"id": "west", "state": "active", "usable": true}

_balancer(joined) := {
	"kind": "aws.elbv2.load-balancer",
	"joined": object.union({"recovery_region": "us-west-2", "in_another_account": false}, joined),
}
