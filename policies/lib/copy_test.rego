package seaworthy.lib.copy_test

import data.seaworthy.lib.copy.closed
import data.seaworthy.lib.copy.counts
import data.seaworthy.lib.copy.infected

test_a_copy_is_closed_only_if_that_is_known if {
	closed({"opening": {"opens": false}})
	not closed({"opening": {"opens": true}})
	not closed({"opening": {"why": "its policy was not read"}})
	not closed({"opening": null})
}

test_a_copy_counts_in_the_recovery_place_or_anywhere_without_one if {
	counts({"in_recovery_place": true}) with input as {"joined": {"recovery_region": "us-west-2"}}
	not counts({"in_recovery_place": false}) with input as {"joined": {"recovery_region": "us-west-2"}}
	counts({"in_recovery_place": false}) with input as {"joined": {"recovery_region": null}}
}

test_a_copy_is_infected_by_its_state if {
	infected({"state": "infected"})
	not infected({"state": "completed"})
}
