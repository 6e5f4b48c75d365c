package seaworthy.change.encryption_key_changed_test

import data.seaworthy.change.encryption_key_changed

test_fail_another_key if {
	encryption_key_changed.deny == {{
		"message": "its key is key-2, before the change it was key-1",
		"fact": "encryption.key",
		"actual": "key-2",
		"required": "key-1",
	}} with input as _change("key-1", "key-2")
}

test_pass_same_key if {
	encryption_key_changed.deny == set() with input as _change("key-1", "key-1")
	encryption_key_changed.applies with input as _change("key-1", "key-1")
}

test_not_applicable_had_no_key if {
	not encryption_key_changed.applies with input as _change(null, "key-1")
}

test_unknown_key_after_the_change if {
	encryption_key_changed.deny == set() with input as {"encryption": {}, "before": {"encryption": {"key": "key-1"}}}
}

_change(before, after) := {
	"kind": "aws.rds.cluster",
	"change": {"action": "update"},
	"encryption": {"key": after},
	"before": {"encryption": {"key": before}},
}
