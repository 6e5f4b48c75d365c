package seaworthy.change.replica_without_key_test

import data.seaworthy.change.replica_without_key

test_fail_no_key if {
	replica_without_key.deny == {{
		"message": "its code names no key of its region, an encrypted replica in another region requires one",
		"fact": "encryption.key",
		"actual": null,
		"required": "a key of its region",
	}} with input as _replica({"enabled": true, "key": null})
	replica_without_key.applies with input as _replica({"enabled": true, "key": null})
}

test_pass_key if {
	replica_without_key.deny == set() with input as _replica({"enabled": true, "key": "arn"})
	replica_without_key.applies with input as _replica({"enabled": true, "key": "arn"})
}

test_not_applicable_not_encrypted if {
	not replica_without_key.applies with input as _replica({"enabled": false, "key": null})
}

test_unknown_key if {
	replica_without_key.deny == set() with input as _replica({"enabled": true})
}

_replica(encryption) := {
	"change": {"action": "create"},
	"replication": {"role": "replica", "cross_region": true},
	"encryption": encryption,
}
