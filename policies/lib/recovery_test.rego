package seaworthy.lib.recovery_test

import data.seaworthy.lib.recovery

test_own_account if {
	recovery.place == "us-west-2" with input as {"joined": {"recovery_region": "us-west-2", "in_another_account": false}}
}

test_another_account if {
	recovery.place == "us-west-2 in account 444455556666" with input as {"joined": {
		"recovery_region": "us-west-2",
		"recovery_account": "444455556666",
		"in_another_account": true,
	}}
}

test_unknown_account if {
	not recovery.place with input as {"joined": {"recovery_region": "us-west-2"}}
}
