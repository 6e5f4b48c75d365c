package seaworthy.lib.text_test

import data.seaworthy.lib.text

test_spans if {
	[span | some minutes in [90, 150, 4400]; span := text.span(minutes)] == ["90 minutes", "2 hours", "3 days"]
}

test_days if {
	[days | some number in [0, 1, 2]; days := text.days(number)] == ["0 days", "1 day", "2 days"]
}

test_states if {
	[state | some word in ["disabled", null, "pendingdeletion", "timed_out"]; state := text.state(word)] == [
		"disabled",
		"gone",
		"pending deletion",
		"timed out",
	]
}
