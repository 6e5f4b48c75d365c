# METADATA
# title: A key is deleted after a short time
# description: |
#   Until the window ends, a deletion can be canceled. That somebody still needs a key shows when a monthly job or a
#   restore fails; a week is too short for that. Judged are keys that the change deletes, by the window of the
#   state, and keys whose window it shortens.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: short-key-deletion-window
#   severity: medium
#   for: [key]
#   change: true
#   parameters:
#     min_days:
#       default: 14
#       description: days that a deletion must leave to be canceled
#       minimum: 7
#       maximum: 30
#   remediation:
#     summary: deletion_window_in_days = 30
#     console: "KMS: the key, Key actions, Schedule key deletion, Waiting period."
#     cli: aws kms schedule-key-deletion --key-id KEY_ID --pending-window-in-days 30
#     terraform: |
#       resource "aws_kms_key" "NAME" {
#         deletion_window_in_days = 30
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12]
#     nis2: [CIR 4.2]
package seaworthy.change.short_key_deletion_window

import data.seaworthy.lib.change.destroyed
import data.seaworthy.lib.text.days

applies if input.change.action in {"delete", "replace", "update"}

deny contains finding if {
	destroyed
	window := input.before.protection.recovery_window_days
	_too_short(window)
	finding := {
		"message": sprintf("the key is deleted after %s, at least %d are required", [days(window), _min_days]),
		"fact": "protection.recovery_window_days",
		"actual": window,
		"required": _min_days,
	}
}

deny contains finding if {
	input.change.action == "update"
	window := input.protection.recovery_window_days
	_too_short(window)
	window != input.before.protection.recovery_window_days
	finding := {
		"message": sprintf("the key would be deleted after %s, at least %d are required", [days(window), _min_days]),
		"fact": "protection.recovery_window_days",
		"actual": window,
		"required": _min_days,
	}
}

_too_short(window) if {
	window != null
	window < _min_days
}

_min_days := data.parameters["short-key-deletion-window"].min_days
