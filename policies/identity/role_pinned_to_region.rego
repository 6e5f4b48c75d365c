# METADATA
# title: A role that is used works in one region only
# description: |
#   What takes the role on in the recovery region is refused, and that looks like a fault of the application. Roles
#   exist in every region, but this one's policies name the source region: a condition on aws:RequestedRegion or
#   kms:ViaService, or ARNs with the region in them.
#
#   A statement that allows counts only if no other allows the same services in the recovery region; a statement that
#   denies counts if it names the recovery region, or spares regions and that is not one of them. A role is
#   judged if it is needed in the recovery region: something that comes back there takes it on, or it belongs to an
#   application that comes back there, and nothing else is known to use it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
# custom:
#   id: role-pinned-to-region
#   severity: critical
#   blocker: true
#   for: [role]
#   remediation:
#     summary: the recovery region beside the source region in conditions and ARNs
#     console: "IAM: Roles, the role, Permissions, the policy, Edit."
#     cli: aws iam put-role-policy --role-name NAME --policy-name POLICY --policy-document file://policy.json
#     terraform: |
#       data "aws_iam_policy_document" "NAME" {
#         statement {
#           actions   = ["dynamodb:*"]
#           resources = ["*"]
#
#           condition {
#             test     = "StringEquals"
#             variable = "aws:RequestedRegion"
#             values   = ["SOURCE_REGION", "RECOVERY_REGION"]
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(C), 164.312(a)(2)(ii)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1]
package seaworthy.identity.role_pinned_to_region

applies if {
	input.role.service_linked == false
	input.joined.recovery_region != null
	input.joined.needed_in_recovery == true
}

deny contains finding if {
	some pin in input.role.pins
	pin.excludes == false
	not _names_recovery_region(pin)
	every other in input.role.pins { _does_not_help(pin, other) }
	finding := {
		"message": sprintf(
			"%s holds it to %s by %s, %s is required too",
			[pin.at, pin.region, pin.how, input.joined.recovery_region],
		),
		"fact": "role.pins",
		"actual": pin.region,
		"required": input.joined.recovery_region,
		"details": {"value": pin.value},
	}
}

deny contains finding if {
	some pin in input.role.pins
	pin.excludes == true
	_names_recovery_region(pin)
	every other in input.role.pins { _does_not_help(pin, other) }
	finding := {
		"message": sprintf("%s shuts %s out by %s", [pin.at, input.joined.recovery_region, pin.how]),
		"fact": "role.pins",
		"actual": pin.region,
		"required": input.joined.recovery_region,
		"details": {"value": pin.value},
	}
}

_names_recovery_region(pin) if glob.match(pin.region, [], input.joined.recovery_region)

_serves(pin, service) if service in pin.services

_does_not_help(_, other) if not _names_recovery_region(other)

_does_not_help(_, other) if other.excludes == true

_does_not_help(pin, other) if {
	some service in pin.services
	not _serves(other, service)
	not _serves(other, "*")
}

_does_not_help(pin, other) if other.how != pin.how

_does_not_help(pin, other) if other.allow != pin.allow

# Another statement that denies does not lift this one.
_does_not_help(pin, other) if {
	pin.allow == false
	other.at != pin.at
}
