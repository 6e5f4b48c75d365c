package seaworthy.traffic.routing_controls_without_safety_rule_test

import data.seaworthy.traffic.routing_controls_without_safety_rule

test_fail_two_controls_without_a_rule if {
	routing_controls_without_safety_rule.deny == {{
		"message": "no rule keeps 2 of its routing controls from being off all at once, an assertion is required",
		"fact": "joined.unguarded_controls",
		"actual": ["east", "west"],
		"required": [],
	}} with input as {"joined": {"unguarded_controls": ["east", "west"]}}
}

test_pass_a_rule_is_about_them if {
	routing_controls_without_safety_rule.deny == set() with input as {"joined": {"unguarded_controls": []}}
}

test_pass_one_control_alone if {
	routing_controls_without_safety_rule.deny == set() with input as {"joined": {"unguarded_controls": ["east"]}}
}

test_unknown_rules if {
	routing_controls_without_safety_rule.deny == set() with input as {"joined": {}}
}
