# METADATA
# title: The change turns down to nothing what is to run in the recovery region
# description: |
#   It is all still there, and nothing of it runs, or nothing can: the number that is asked for, or the greatest that is
#   allowed, becomes 0, or the least one does, so that what has nothing to do is scaled in to nothing. A function for which
#   0 is reserved never runs, and one whose event source is disabled gets nothing to do. Of reserved machines fewer are
#   kept free.
#
#   Judged is what stands in a region in which another one comes back, by the recovery pairs. Under pilot light and backup
#   and restore nothing has to run there; what may not run at all is told all the same.
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: standby-turned-down
#   severity: {default: medium, warm-standby: critical, active-active: critical}
#   for: [scaling-group, node-group, container-service, function, event-source, capacity-reservation]
#   change: true
#   remediation:
#     summary: as many as before, at least 1
#     console: Leave it as it is.
#     cli: aws ecs update-service --region RECOVERY_REGION --cluster CLUSTER --service NAME --desired-count 1
#     terraform: |
#       resource "aws_ecs_service" "NAME" {
#         desired_count = 1
#       }
#
#       resource "aws_autoscaling_group" "NAME" {
#         min_size         = 1
#         desired_capacity = 1
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
package seaworthy.change.standby_turned_down

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class

applies if {
	kept
	input.joined.stands_in_for != []
}

deny contains finding if {
	class in _with_a_number
	_has_to_run
	input.before.capacity.desired > 0
	input.capacity.desired == 0
	finding := _finding("is to run 0", "capacity.desired", 0, input.before.capacity.desired)
}

deny contains finding if {
	class in _with_bounds
	_has_to_run
	input.capacity.desired != 0
	input.before.capacity.min > 0
	input.capacity.min == 0
	finding := _finding("may be scaled in to 0", "capacity.min", 0, input.before.capacity.min)
}

deny contains finding if {
	class in _with_bounds
	input.before.capacity.max > 0
	input.capacity.max == 0
	finding := _finding("may run 0 at most", "capacity.max", 0, input.before.capacity.max)
}

# Without a reservation, whatever the account has left is its own.
deny contains finding if {
	class == "function"
	input.before.capacity.max != 0
	input.capacity.max == 0
	finding := _finding("can never run", "capacity.max", 0, input.before.capacity.max)
}

deny contains finding if {
	class == "event-source"
	input.before.status.healthy == true
	input.status.healthy == false
	finding := _finding("hands on nothing", "status.healthy", false, true)
}

deny contains finding if {
	class == "capacity-reservation"
	input.reservation.total < input.before.reservation.total
	finding := _finding(
		sprintf("keeps %d machines free", [input.reservation.total]),
		"reservation.total",
		input.reservation.total,
		input.before.reservation.total,
	)
}

_with_a_number := {"container-service", "node-group", "scaling-group"}

_with_bounds := {"node-group", "scaling-group"}

_has_to_run if input.joined.pattern == null

_has_to_run if input.joined.pattern in {"active-active", "warm-standby"}

_finding(what, fact, actual, required) := {
	"message": sprintf("%s after the change, what comes back here from %s requires more", [
		what,
		concat(", ", input.joined.stands_in_for),
	]),
	"fact": fact,
	"actual": actual,
	"required": required,
}
