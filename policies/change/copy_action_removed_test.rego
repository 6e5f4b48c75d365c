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

test_fail_air_gapped_vault_removed if {
	copy_action_removed.deny == {{
		"message": "nothing reaches the air-gapped vault vault-gap any more, before the change rule daily did",
		"fact": "plan.rules",
		"actual": null,
		"required": "vault-gap",
	}} with input as _gap({"air_gapped_vault": null, "copies": []})
}

test_pass_air_gapped_vault_is_copied_to if {
	copy_action_removed.deny == set() with input as _gap({"air_gapped_vault": null, "copies": [{"vault": "vault-gap"}]})
	copy_action_removed.deny == set() with input as _gap({"air_gapped_vault": "vault-gap", "copies": []})
}

test_unknown_air_gapped_vault_after_the_change if {
	copy_action_removed.deny == set() with input as _gap({"copies": []})
}

test_not_applicable_new_plan if {
	not copy_action_removed.applies with input as {"change": {"action": "create"}}
}

test_unknown_vault_after_the_change if {
	copy_action_removed.deny == set() with input as _change([{"vault": "vault-west"}], [{}])
}

test_fail_region_of_a_policy_of_volumes_removed if {
	removed := object.union(
		_change([{"vault": null, "region": "us-west-2"}], [{"vault": null, "region": "eu-west-1"}]),
		{"kind": "aws.dlm.policy"},
	)
	copy_action_removed.deny == {{
		"message": "nothing is copied to us-west-2 any more, before the change rule daily did",
		"fact": "plan.rules",
		"actual": null,
		"required": "us-west-2",
	}} with input as removed
}

test_fail_snapshots_are_copied_no_more if {
	copy_action_removed.deny == {{
		"message": "its snapshots are not copied to us-west-2 any more, before the change they were",
		"fact": "backup.copied_to",
		"actual": null,
		"required": "us-west-2",
	}} with input as _warehouse([{"region": "eu-west-1"}])
}

test_pass_snapshots_are_copied_as_before if {
	copy_action_removed.deny == set() with input as _warehouse([{"region": "us-west-2"}])
	copy_action_removed.applies with input as _warehouse([{"region": "us-west-2"}])
}

test_unknown_region_of_copied_snapshots if {
	copy_action_removed.deny == set() with input as _warehouse([{}])
}

_warehouse(copied_to) := {
	"kind": "aws.redshift.cluster",
	"change": {"action": "update"},
	"before": {"backup": {"copied_to": [{"region": "us-west-2"}]}},
	"backup": {"copied_to": copied_to},
}

_change(before, after) := {
	"kind": "aws.backup.plan",
	"change": {"action": "update"},
	"plan": {"rules": [{"name": "daily", "copies": after}]},
	"before": {"plan": {"rules": [{"name": "daily", "copies": before}]}},
}

_gap(after) := {
	"kind": "aws.backup.plan",
	"change": {"action": "update"},
	"plan": {"rules": [object.union({"name": "daily"}, after)]},
	"before": {"plan": {"rules": [{"name": "daily", "copies": [], "air_gapped_vault": "vault-gap"}]}},
}
