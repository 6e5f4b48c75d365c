package seaworthy.change.certificate_name_removed_test

import data.seaworthy.change.certificate_name_removed

test_fail_name_gone if {
	certificate_name_removed.deny == {{
		"message": "is not for *.shop.example.com any more, before the change it was",
		"fact": "certificate.names",
		"actual": ["shop.example.com"],
		"required": "*.shop.example.com",
	}} with input as _input("replace", ["*.shop.example.com", "shop.example.com"], ["shop.example.com"])
	certificate_name_removed.applies with input as _input("replace", [], [])
}

test_pass_all_names_stay if {
	certificate_name_removed.deny == set() with input as _input("replace", ["a.example.com"], ["a.example.com", "b.example.com"])
}

test_pass_a_star_is_for_it if {
	certificate_name_removed.deny == set() with input as _input("replace", ["a.example.com"], ["*.example.com"])
}

test_not_applicable_deleted if {
	not certificate_name_removed.applies with input as _input("delete", ["a.example.com"], [])
}

test_unknown_names if {
	certificate_name_removed.deny == set() with input as {
		"change": {"action": "replace"},
		"certificate": {},
		"before": {"certificate": {"names": ["a.example.com"]}},
	}
}

_input(action, before, after) := {
	"change": {"action": action},
	"certificate": {"names": after},
	"before": {"certificate": {"names": before}},
}
