package seaworthy.traffic.traffic_dial_at_zero_test

import data.seaworthy.traffic.traffic_dial_at_zero

test_fail_nothing_is_sent_there if {
	traffic_dial_at_zero.deny == {{
		"message": "its traffic dial is 0 %, more than 0 % is required where every region serves all the time",
		"fact": "traffic.dial_percent",
		"actual": 0,
		"required": 100,
	}} with input as {"traffic": {"dial_percent": 0}, "joined": {"pattern": "active-active"}}
}

test_pass_some_of_it if {
	traffic_dial_at_zero.deny == set() with input as {"traffic": {"dial_percent": 10}, "joined": {"pattern": "active-active"}}
	traffic_dial_at_zero.applies with input as {"traffic": {"dial_percent": 10}, "joined": {"pattern": "active-active"}}
}

test_not_applicable_in_reserve if {
	not traffic_dial_at_zero.applies with input as {"traffic": {"dial_percent": 0}, "joined": {"pattern": "warm-standby"}}
}

test_unknown_dial if {
	traffic_dial_at_zero.deny == set() with input as {"traffic": {}, "joined": {"pattern": "active-active"}}
}
