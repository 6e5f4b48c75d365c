# METADATA
# title: After the change a deletion destroys the secret at once
# description: |
#   Whatever comes back after the next plan that deletes or replaces the secret cannot read it: without a window there
#   is no time to notice it, and nothing restores the secret. The change itself deletes nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
# custom:
#   id: secret-recovery-window-removed
#   severity: medium
#   for: [secret]
#   change: true
#   remediation:
#     summary: recovery_window_in_days = {{required|30}}, as before
#     console: It is a setting of Terraform only.
#     cli: aws secretsmanager delete-secret --secret-id NAME --recovery-window-in-days {{required|30}}
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         recovery_window_in_days = {{required|30}}
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9]
#     nis2: [CIR 4.2]
package seaworthy.change.secret_recovery_window_removed

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	before := input.before.protection.recovery_window_days
	before > 0
	input.protection.recovery_window_days == 0
	finding := {
		"message": sprintf("a deletion leaves no days to restore it, before the change it was %d", [before]),
		"fact": "protection.recovery_window_days",
		"actual": 0,
		"required": before,
	}
}
