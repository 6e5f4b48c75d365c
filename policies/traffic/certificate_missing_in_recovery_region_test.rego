package seaworthy.traffic.certificate_missing_in_recovery_region_test

import data.seaworthy.traffic.certificate_missing_in_recovery_region

test_fail_names_that_nothing_covers if {
	certificate_missing_in_recovery_region.deny == {{
		"message": "no certificate in us-west-2 covers api.example.com, example.com",
		"fact": "joined.counterpart",
		"actual": null,
		"required": "us-west-2",
		"details": {"names": ["api.example.com", "example.com"]},
	}} with input as _shown({"counterpart": null, "uncovered_names": ["api.example.com", "example.com"]})
	certificate_missing_in_recovery_region.applies with input as _shown({"counterpart": null, "uncovered_names": ["api.example.com", "example.com"]})
}

test_fail_one_that_waits_for_its_validation if {
	certificate_missing_in_recovery_region.deny == {{
		"message": "the certificate in us-west-2 for its names is pending validation, a valid one is required",
		"fact": "joined.counterpart",
		"actual": "pending_validation",
		"required": "issued",
		"details": {"counterpart": "west"},
	}} with input as _shown({"counterpart": {"id": "west", "state": "pending_validation", "usable": false}})
}

test_pass_covered if {
	certificate_missing_in_recovery_region.deny == set() with input as _shown({"counterpart": _there})
	certificate_missing_in_recovery_region.applies with input as _shown({"counterpart": _there})
}

test_pass_covered_and_shown_by_a_listener_of_the_code if {
	certificate_missing_in_recovery_region.applies with input as {
		"certificate": {"names": ["example.com"]},
		"joined": {"recovery_region": "us-west-2", "used_by": ["aws_lb_listener.https"], "counterpart": _there},
	}
}

test_not_applicable_where_nothing_shows_it if {
	not certificate_missing_in_recovery_region.applies with input as {
		"certificate": {"in_use_by": []},
		"joined": {"recovery_region": "us-west-2", "used_by": []},
	}
}

test_not_applicable_for_cloudfront if {
	not certificate_missing_in_recovery_region.applies with input as {
		"certificate": {"in_use_by": ["arn:aws:cloudfront::111122223333:distribution/E1"]},
		"joined": {"recovery_region": "us-west-2", "used_by": []},
	}
}

test_not_applicable_for_a_distribution_of_the_code if {
	not certificate_missing_in_recovery_region.applies with input as {
		"certificate": {"in_use_by": []},
		"joined": {"recovery_region": "us-west-2", "used_by": ["module.site.aws_cloudfront_distribution.site"]},
	}
}

test_not_applicable_without_a_recovery_region if {
	not certificate_missing_in_recovery_region.applies with input as _shown({"recovery_region": null})
}

test_unknown_counterpart if {
	certificate_missing_in_recovery_region.deny == set() with input as _shown({})
}

_there := {"id": "west", "state": "issued", "usable": true}

_shown(joined) := {
	"certificate": {"in_use_by": ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1"]},
	"joined": object.union(
		{"recovery_region": "us-west-2", "in_another_account": false, "used_by": []},
		joined,
	),
}
