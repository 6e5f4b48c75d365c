# METADATA
# title: The change replaces a resource that holds data by an empty one
# description: |
#   The new resource starts empty. An attribute forces Terraform to destroy the old one, and even where a final
#   snapshot is taken, nothing restores it by itself, and everything that is written until then is lost.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
# custom:
#   id: stateful-resource-replaced
#   severity: high
#   for: [stateful]
#   except: [cache]
#   change: true
#   remediation:
#     summary: a second resource beside it, and a migration of the data
#     console: Make the new resource beside the old one, move the data, and remove the old one in a change of its own.
#     cli: terraform show -json tf.plan | jq '.resource_changes[] | {address, replace_paths}'
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 12]
#     nis2: [CIR 4.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
package seaworthy.change.stateful_resource_replaced

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.change.was_not_a_member
import data.seaworthy.lib.change.was_not_a_replica

applies if {
	kept
	was_not_a_member
	was_not_a_replica
}

deny contains finding if {
	input.change.action == "replace"
	finding := {
		"message": "it is replaced by an empty one, its data is required to stay",
		"fact": "change.action",
		"actual": "replace",
		"required": "no-op",
		"details": {"because_of": [path | some path in input.change.replace_paths]},
	}
}
