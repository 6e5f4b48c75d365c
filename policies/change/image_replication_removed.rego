# METADATA
# title: The change ends the replication of images to another region
# description: |
#   What is pushed from now on is not in that region: what comes back there starts with old images, and new versions do
#   not start at all. What was replicated so far stays. Nothing notices until then.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
# custom:
#   id: image-replication-removed
#   severity: {default: high, backup-restore: medium}
#   for: [image-registry]
#   change: true
#   remediation:
#     summary: the rule for {{details.region|that region}}, as before
#     console: "ECR: Private registry, Features and settings, Replication, Add rule."
#     cli: aws ecr put-replication-configuration --replication-configuration file://rules.json
#     terraform: |
#       resource "aws_ecr_replication_configuration" "NAME" {
#         replication_configuration {
#           rule {
#             destination {
#               region      = "{{details.region|RECOVERY_REGION}}"
#               registry_id = "{{details.account|ACCOUNT}}"
#             }
#           }
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.image_replication_removed

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.before.registry.rules != []
}

deny contains finding if {
	some rule in input.before.registry.rules
	not _kept(rule)
	finding := {
		"message": sprintf("images are not replicated to %s any more, before the change they were", [rule.region]),
		"fact": "registry.rules",
		"actual": null,
		"required": rule.region,
		"details": {"account": rule.account, "prefixes": rule.prefixes, "region": rule.region},
	}
}

_kept(rule) if {
	input.change.action != "delete"
	some other in input.registry.rules
	other.region == rule.region
	other.account == rule.account
	_covers(other.prefixes, rule.prefixes)
}

# Without prefixes it is for all repositories.
_covers(prefixes, _) if prefixes == []

_covers(prefixes, former) if {
	former != []
	every name in former { _begins(name, prefixes) }
}

_begins(name, prefixes) if {
	some prefix in prefixes
	startswith(name, prefix)
}
