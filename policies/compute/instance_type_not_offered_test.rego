package seaworthy.compute.instance_type_not_offered_test

import data.seaworthy.compute.instance_type_not_offered

test_fail_no_zone_of_the_region_offers_it if {
	instance_type_not_offered.deny == {{
		"message": "us-west-2 offers none of m7g.large, m8g.large, one is required",
		"fact": "joined.offering.offered",
		"actual": [],
		"required": ["m7g.large", "m8g.large"],
		"details": {"region": "us-west-2", "zones": null},
	}} with input as _group({"zones": null, "offered": [], "missing": ["m7g.large", "m8g.large"]})
}

test_fail_no_zone_of_the_counterpart_offers_it if {
	instance_type_not_offered.deny == {{
		"message": "us-west-2d offers none of m8g.large, one is required",
		"fact": "joined.offering.offered",
		"actual": [],
		"required": ["m8g.large"],
		"details": {"region": "us-west-2", "zones": ["us-west-2d"]},
	}} with input as _group({"zones": ["us-west-2d"], "offered": [], "missing": ["m8g.large"]})
}

test_fail_the_region_does_not_offer_it_for_the_engine if {
	instance_type_not_offered.deny == {{
		"message": "us-west-2 offers none of db.r5b.large with postgres 16.3, one is required",
		"fact": "joined.offering.offered",
		"actual": [],
		"required": ["db.r5b.large"],
		"details": {"region": "us-west-2", "zones": null},
	}} with input as _group({"engine": "postgres 16.3", "zones": null, "offered": [], "missing": ["db.r5b.large"]})
}

test_pass_one_is_offered if {
	instance_type_not_offered.deny == set() with input as _group(_one)
	instance_type_not_offered.applies with input as _group(_one)
}

test_unknown_offerings_not_read if {
	instance_type_not_offered.deny == set() with input as {"joined": {}}
	not instance_type_not_offered.applies with input as {"joined": {}}
}

test_not_applicable_it_is_to_start_nowhere_else if {
	not instance_type_not_offered.applies with input as {"joined": {"offering": null}}
}

_one := {"zones": null, "offered": ["m7g.large"], "missing": ["m8g.large"]}

_group(offering) := {"joined": {"offering": object.union({"region": "us-west-2", "engine": null}, offering)}}
