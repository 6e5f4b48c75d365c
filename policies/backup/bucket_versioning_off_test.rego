package seaworthy.backup.bucket_versioning_off_test

import data.seaworthy.backup.bucket_versioning_off

test_fail_versioning_off if {
	bucket_versioning_off.deny == {{
		"message": "versioning is off, it is required to be on",
		"fact": "backup.versioned",
		"actual": false,
		"required": true,
	}} with input as {"backup": {"versioned": false}}
}

test_pass_versioning_on if {
	bucket_versioning_off.deny == set() with input as {"backup": {"versioned": true}}
}

test_unknown_versioning if {
	bucket_versioning_off.deny == set() with input as {"backup": {}}
}
