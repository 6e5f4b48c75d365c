package seaworthy.traffic.certificate_expires_test

import data.seaworthy.traffic.certificate_expires

test_fail_soon if {
	certificate_expires.deny == {{
		"message": "expires in 12 days, at least 30 days are required",
		"fact": "joined.expires_in_days",
		"actual": 12,
		"required": 30,
	}} with input as _shown({"expires_in_days": 12})
	certificate_expires.applies with input as _shown({"expires_in_days": 12})
}

test_fail_expired if {
	certificate_expires.deny == {{
		"message": "has expired, a certificate that is valid for 30 days is required",
		"fact": "joined.expires_in_days",
		"actual": -3,
		"required": 30,
	}} with input as _shown({"expires_in_days": -3})
}

test_pass_long_enough if {
	certificate_expires.deny == set() with input as _shown({"expires_in_days": 30})
}

test_pass_not_issued_yet if {
	certificate_expires.deny == set() with input as _shown({"expires_in_days": null})
}

test_pass_by_parameter if {
	certificate_expires.deny == set() with input as _shown({"expires_in_days": 12})
		with data.parameters["certificate-expires"].min_days as 7
}

test_pass_shown_by_a_listener_of_the_code if {
	certificate_expires.applies with input as {"joined": {"used_by": ["aws_lb_listener.https"], "expires_in_days": 90}}
}

test_not_applicable_where_nothing_shows_it if {
	not certificate_expires.applies with input as {"certificate": {"in_use_by": []}, "joined": {"used_by": []}}
}

test_unknown_expiry if {
	certificate_expires.deny == set() with input as _shown({})
}

_shown(joined) := {"certificate": {"in_use_by": ["arn:lb"]}, "joined": object.union({"used_by": []}, joined)}
