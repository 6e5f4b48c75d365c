# METADATA
# title: The change deletes what is to run in the recovery region
# description: |
#   What comes back in that region has nothing to run on, or nothing that hands it its work: the plan deletes a service, its
#   definition, a function, what hands it events, a cluster, a group of machines or nodes, or the machines that are kept
#   free for them. Nothing notices before the outage, and then capacity is scarce.
#
#   Judged is what stands in a region in which another one comes back, by the recovery pairs. What is made anew in its
#   place is there again, and a definition with skip_destroy stays.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: standby-deleted
#   severity: {default: high, backup-restore: medium, warm-standby: critical, active-active: critical}
#   for: [compute, container-cluster, container-definition, event-source, capacity-reservation]
#   change: true
#   remediation:
#     summary: keep it, with as little running as the pattern allows
#     console: Leave it as it is.
#     cli: terraform state show ADDRESS
#     terraform: |
#       resource "aws_ecs_service" "NAME" {
#         desired_count = 1
#
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.change.standby_deleted

import data.seaworthy.lib.kind.class

applies if {
	input.change.action in {"delete", "replace", "update"}
	input.joined.stands_in_for != []
	_goes
}

_goes if class != "container-definition"

_goes if input.before.protection.kept_when_deleted == false

deny contains finding if {
	input.change.action == "delete"
	finding := {
		"message": sprintf("is deleted, what comes back here from %s requires it", [
			concat(", ", input.joined.stands_in_for),
		]),
		"fact": "change.action",
		"actual": "delete",
		"required": "no-op",
	}
}
