package seaworthy.change.traffic_path_deleted_test

import data.seaworthy.change.traffic_path_deleted

test_fail_record if {
	traffic_path_deleted.deny == {{
		"message": "the change deletes the record, one is required",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as _record("shop.example.com", "A")
	traffic_path_deleted.applies with input as _record("shop.example.com", "A")
}

test_fail_listener if {
	traffic_path_deleted.applies with input as {"kind": "aws.elbv2.listener", "change": {"action": "delete"}}
}

test_fail_api if {
	traffic_path_deleted.deny == {{
		"message": "the change deletes the API, one is required",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"kind": "aws.apigateway.api", "change": {"action": "delete"}}
}

test_fail_domain_of_apis if {
	traffic_path_deleted.deny == {{
		"message": "the change deletes the domain of APIs, one is required",
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}} with input as {"kind": "aws.apigateway.domain", "change": {"action": "delete"}}
}

test_pass_update if {
	traffic_path_deleted.deny == set() with input as {"kind": "aws.elbv2.listener", "change": {"action": "update"}}
	traffic_path_deleted.applies with input as {"kind": "aws.elbv2.listener", "change": {"action": "update"}}
}

test_not_applicable_validation if {
	not traffic_path_deleted.applies with input as _record("_1.example.com", "CNAME")
}

test_not_applicable_text if {
	not traffic_path_deleted.applies with input as _record("example.com", "TXT")
}

test_unknown_without_a_change if {
	traffic_path_deleted.deny == set() with input as {"kind": "aws.elbv2.listener"}
	not traffic_path_deleted.applies with input as {"kind": "aws.elbv2.listener"}
}

_record(name, type) := {
	"kind": "aws.route53.record",
	"change": {"action": "delete"},
	"before": {"dns": {"name": name, "record_type": type}},
}
