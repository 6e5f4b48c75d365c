package seaworthy.lib.copy_test

import data.seaworthy.lib.copy.closed

test_a_copy_is_closed_only_if_that_is_known if {
	closed({"opening": {"opens": false}})
	not closed({"opening": {"opens": true}})
	not closed({"opening": {"why": "its policy was not read"}})
	not closed({"opening": null})
}
