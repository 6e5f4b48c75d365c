# METADATA
# title: No drill of the application passed lately
# description: |
#   Plans that were never tried fail in places that nobody thought of: an order that does not work, a right that only one
#   person has, a region in which the image is missing. Laws ask for a try each year, and what was shown two years ago was
#   shown of another estate.
#
#   A drill counts if it came to its end and the application was back, whether it was an exercise or an outage. One that failed
#   or was called off shows nothing. What a person wrote down is believed: the record is evidence of theirs. Without a record,
#   whether there was a drill is unknown.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_dr_tested.html
#   - ref: https://eur-lex.europa.eu/eli/reg/2022/2554/oj
# custom:
#   id: drill-overdue
#   severity: medium
#   for: [drill-record]
#   parameters:
#     max_days:
#       default: 365
#       description: days after which a drill no longer counts
#   remediation:
#     summary: a drill that is written down with seaworthy drill
#     console: >-
#       No console makes a drill: people recover the application in {{place.region|the recovery region}}, in the order of
#       seaworthy ready {{drills.application|APPLICATION}}, and write down what they did.
#     cli: seaworthy drill start {{drills.application|APPLICATION}}
#     terraform: |
#       # No resource makes a drill. aws_fis_experiment_template can cut a region off for the time of one.
#   frameworks:
#     aws-well-architected: [REL13-BP03]
#     nist-800-53-r5: [CP-4, CP-4(2), CP-4(4)]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [A1.3]
#     hipaa: [164.308(a)(7)(ii)(D)]
#     dora: [Art. 11(6), Art. 24, Art. 25, RTS Art. 25(2)(c)]
#     nis2: [CIR 4.1, CIR 4.1.4, CIR 4.2.6]
package seaworthy.drills.drill_overdue

import data.seaworthy.lib.text.days

applies if count(input.joined.applications) > 0

deny contains finding if {
	input.drills.passed_days == null
	finding := {
		"message": sprintf("no drill that passed is on record, one within %s is required", [days(_max_days)]),
		"fact": "drills.passed_days",
		"actual": null,
		"required": _max_days,
	}
}

deny contains finding if {
	input.drills.passed_days > _max_days
	age := floor(input.drills.passed_days)
	finding := {
		"message": sprintf("the last drill that passed was %s ago, at most %s are allowed", [days(age), days(_max_days)]),
		"fact": "drills.passed_days",
		"actual": age,
		"required": _max_days,
	}
}

_max_days := data.parameters["drill-overdue"].max_days
