package seaworthy.compute.launch_template_image_gone_test

import data.seaworthy.compute.launch_template_image_gone

test_fail_image_is_gone if {
	launch_template_image_gone.deny == {{
		"message": "launch template web, version 3: image ami-1 is gone or cannot be used, an image that is available is required",
		"fact": "workload.launch_images.available",
		"actual": false,
		"required": true,
		"details": {"image": "ami-1"},
	}} with input as _group({"reference": "ami-1", "available": false})
}

test_fail_template_is_gone if {
	launch_template_image_gone.deny == {{
		"message": "launch template web, version 3: it is gone, an image that is available is required",
		"fact": "workload.launch_images.available",
		"actual": false,
		"required": true,
		"details": {"image": null},
	}} with input as _group({"reference": null, "available": false})
}

test_pass_image_is_there if {
	launch_template_image_gone.deny == set() with input as _group({"reference": "ami-1", "available": true})
	launch_template_image_gone.applies with input as _group({"reference": "ami-1", "available": true})
}

test_unknown_image_was_not_looked_at if {
	launch_template_image_gone.deny == set() with input as _group({"reference": "ami-1"})
	launch_template_image_gone.applies with input as _group({"reference": "ami-1"})
}

test_not_applicable_no_image_named if {
	not launch_template_image_gone.applies with input as {"kind": "aws.autoscaling.group", "workload": {"launch_images": []}}
}

test_not_applicable_template_that_is_left_over if {
	template := {"kind": "aws.ec2.launch-template", "joined": {"is_recovery_side": false, "unused": true}}
	not launch_template_image_gone.applies with input as object.union(_group({"reference": "ami-1"}), template)
}

_group(image) := {
	"kind": "aws.autoscaling.group",
	"workload": {"launch_images": [object.union({"at": "launch template web, version 3"}, image)]},
}
