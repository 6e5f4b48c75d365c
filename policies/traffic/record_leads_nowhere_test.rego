package seaworthy.traffic.record_leads_nowhere_test

import data.seaworthy.traffic.record_leads_nowhere

test_fail_gone if {
	record_leads_nowhere.deny == {{
		"message": "nothing answers to shop-1.elb.us-east-1.amazonaws.com, which it leads to",
		"fact": "joined.targets",
		"actual": "shop-1.elb.us-east-1.amazonaws.com",
		"required": "a resource that exists",
	}} with input as _record({"id": null})
	record_leads_nowhere.applies with input as _record({"id": null})
}

test_pass_there if {
	record_leads_nowhere.deny == set() with input as _record({"id": "arn:lb"})
}

test_not_applicable_other_hosts if {
	not record_leads_nowhere.applies with input as {"joined": {"targets": [{"name": "www.example.com", "id": null, "region": null}]}}
}

test_unknown_owner if {
	record_leads_nowhere.deny == set() with input as _record({})
}

_record(target) := {"joined": {"targets": [object.union(
	{"name": "shop-1.elb.us-east-1.amazonaws.com", "region": "us-east-1"},
	target,
)]}}
