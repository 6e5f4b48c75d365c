package seaworthy.replication.image_missing_in_recovery_region_test

import data.seaworthy.replication.image_missing_in_recovery_region

test_fail_not_there if {
	image_missing_in_recovery_region.deny == {{
		"message": "container api: image shop:v3 is not in us-west-2, it is required there",
		"fact": "joined.images",
		"actual": null,
		"required": "us-west-2",
		"details": {
			"account": "111122223333",
			"digest": "sha256:a",
			"region": "us-west-2",
			"repository": "shop",
		},
	}} with input as _input({"found": false})
}

test_pass_there if {
	image_missing_in_recovery_region.deny == set() with input as _input({"found": true})
	image_missing_in_recovery_region.applies with input as _input({"found": true})
}

test_unknown_registry if {
	image_missing_in_recovery_region.deny == set() with input as _input({})
	image_missing_in_recovery_region.applies with input as _input({})
}

test_not_applicable_public_images if {
	not image_missing_in_recovery_region.applies with input as {"kind": "aws.ecs.task-definition", "joined": {"images": []}}
}

_input(image) := {"kind": "aws.ecs.task-definition", "joined": {"images": [object.union(image, {
	"at": "container api",
	"reference": "shop:v3",
	"repository": "shop",
	"digest": "sha256:a",
	"region": "us-west-2",
	"account": "111122223333",
})]}}
