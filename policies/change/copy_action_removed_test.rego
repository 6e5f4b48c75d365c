package seaworthy.change.copy_action_removed_test

import data.seaworthy.change.copy_action_removed

test_fail_copy_removed if {
	copy_action_removed.deny == {{
		"message": "nothing is copied to vault-west any more, before the change rule daily did",
		"fact": "plan.rules",
		"actual": null,
		"required": "vault-west",
	}} with input as _change([{"vault": "vault-west"}, {"vault": "vault-eu"}], [{"vault": "vault-eu"}])
}

test_pass_still_copied if {
	copy_action_removed.deny == set() with input as _change([{"vault": "vault-west"}], [{"vault": "vault-west"}])
	copy_action_removed.applies with input as _change([{"vault": "vault-west"}], [{"vault": "vault-west"}])
}

test_not_applicable_new_plan if {
	not copy_action_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_vault_after_the_change if {
	copy_action_removed.deny == set() with input as _change([{"vault": "vault-west"}], [{}])
}

_change(before, after) := {
	"change": {"action": "update"},
	"plan": {"rules": [{"name": "daily", "copies": after}]},
	"before": {"plan": {"rules": [{"name": "daily", "copies": before}]}},
}
