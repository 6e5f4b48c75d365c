package seaworthy.backup.restore_test_does_not_cover_test

import data.seaworthy.backup.restore_test_does_not_cover as policy

database(joined) := {
	"kind": "aws.rds.instance",
	"database": {"cluster": null},
	"replication": {"role": "none"},
	"joined": joined,
}

missed := database({
	"restore_covered": false,
	"restore_misses": [
		{"plan": "monthly", "why": "restores no RDS"},
		{"plan": "weekly", "why": "finds no recovery point of it in us-west-2"},
	],
})

test_fail_none_comes_to_it if {
	policy.applies with input as missed
	policy.deny == {{
		"message": concat(" ", [
			"no restore testing plan restores it: monthly restores no RDS;",
			"weekly finds no recovery point of it in us-west-2, where one that does is required",
		]),
		"fact": "joined.restore_covered",
		"actual": false,
		"required": true,
	}} with input as missed
}

test_pass_one_comes_to_it if {
	policy.deny == set() with input as database({
		"restore_covered": true,
		"restore_misses": [{"plan": "monthly", "why": "restores no RDS"}],
	})
}

test_unknown_what_is_selected if {
	policy.deny == set() with input as database({"restore_misses": []})
}

test_not_asked_without_a_plan if {
	not policy.applies with input as database({"restore_covered": null, "restore_misses": []})
}
