package seaworthy.replication.image_tag_mutable_across_regions_test

import data.seaworthy.replication.image_tag_mutable_across_regions

test_fail_mutable if {
	image_tag_mutable_across_regions.deny == {{
		"message": "its tags can be moved, so that they may mean another image in us-west-2",
		"fact": "repository.tags_mutable",
		"actual": true,
		"required": false,
	}} with input as _input(true, [])
}

test_fail_tags_that_differ if {
	image_tag_mutable_across_regions.deny == {{
		"message": "1 of its tags mean another image in us-west-2, 0 are required to",
		"fact": "joined.tags_that_differ",
		"actual": ["v3"],
		"required": [],
	}} with input as _input(false, ["v3"])
}

test_pass_immutable if {
	image_tag_mutable_across_regions.deny == set() with input as _input(false, [])
	image_tag_mutable_across_regions.applies with input as _input(false, [])
}

test_unknown_mutability if {
	image_tag_mutable_across_regions.deny == set() with input as {
		"repository": {},
		"joined": {"recovery_region": "us-west-2", "counterpart": {"id": "there"}},
	}
}

test_not_applicable_without_a_counterpart if {
	not image_tag_mutable_across_regions.applies with input as {"joined": {
		"recovery_region": "us-west-2",
		"counterpart": null,
	}}
}

_input(mutable, tags) := {
	"repository": {"tags_mutable": mutable},
	"joined": {"recovery_region": "us-west-2", "counterpart": {"id": "there"}, "tags_that_differ": tags},
}
