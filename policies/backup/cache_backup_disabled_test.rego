package seaworthy.backup.cache_backup_disabled_test

import data.seaworthy.backup.cache_backup_disabled

test_fail_backups_off if {
	cache_backup_disabled.deny == {{
		"message": "automatic backups are off, they are required to be on",
		"fact": "backup.enabled",
		"actual": false,
		"required": true,
	}} with input as {"backup": {"enabled": false}}
}

test_pass_backups_on if {
	cache_backup_disabled.deny == set() with input as {"backup": {"enabled": true}}
}

test_unknown_backups if {
	cache_backup_disabled.deny == set() with input as {"backup": {}}
}

test_pass_cluster_is_judged if {
	cache_backup_disabled.applies with input as {"backup": {"enabled": true}}
}

test_not_applicable_memcached if {
	not cache_backup_disabled.applies with input as {"backup": {"enabled": null}}
}
