package seaworthy.backup.backup_chain_broken_test

import data.seaworthy.backup.backup_chain_broken as policy

held(what, label) := {"what": what, "label": label, "holds": true, "why": null}

start := [held("selection", "plan gold"), held("rule", "rule daily"), held("copy", "copy us-west-2")]

database(chain) := {"kind": "aws.rds.instance", "name": "orders", "database": {"cluster": null}, "joined": {"backup_chain": chain}}

missing := {"what": "vault", "label": "vault dr", "holds": false, "why": "it does not exist"}

test_fail_names_the_link_that_breaks if {
	input_ := database(array.concat(start, [missing]))
	policy.applies with input as input_
	policy.deny == {{
		"message": "orders ▸ plan gold ▸ rule daily ▸ copy us-west-2 ▸ ✗ vault dr: it does not exist, where one that holds is required",
		"fact": "joined.backup_chain",
		"actual": "it does not exist",
		"required": "one that holds",
		"details": {"link": "vault"},
	}} with input as input_
}

test_fail_names_the_first_link_only if {
	infected := {"what": "clean", "label": "clean", "holds": false, "why": "a scan found malware in every recovery point there"}
	links := {finding.details.link | some finding in policy.deny} with input as database(array.concat(start, [missing, infected]))
	links == {"vault"}
}

test_pass_every_link_holds if {
	policy.deny == set() with input as database(array.concat(start, [held("vault", "vault dr")]))
}

test_unknown_link_before_the_one_that_breaks if {
	unread := {"what": "lock", "label": "lock", "why": "denied"}
	policy.deny == set() with input as database(array.concat(start, [unread, missing]))
}

test_not_asked_where_nothing_is_copied_there if {
	not policy.applies with input as database(null)
}

test_fail_the_way_is_shut_and_another_is_left if {
	shut := {"what": "open", "label": "open", "holds": false, "why": "statement 1 of vault dr denies backup:StartRestoreJob"}
	links := {finding.details.link | some finding in policy.deny} with input as database(array.concat(start, [shut]))
	links == {"open"}
}

test_pass_what_is_shut_and_the_last_way_is_told_elsewhere if {
	shut := {"what": "shut", "label": "open", "holds": false, "why": "statement 1 of vault dr denies backup:StartRestoreJob"}
	policy.deny == set() with input as database(array.concat(start, [shut]))
}
