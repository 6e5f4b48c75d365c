# METADATA
# title: Nothing is reserved for what has to start in the recovery region
# description: |
#   When a region is lost, everybody starts machines in its neighbours, and on-demand capacity runs out. What is reserved
#   is there; what is not, is a hope. Under backup and restore, pilot light and warm standby the difference between what
#   runs today and what runs in the recovery region already has to come from somewhere.
#
#   What counts is free: instances of one of the types of the group in reservations that are active, whoever else may take
#   them. Reservations that others share with the account are not listed by all of them. Where no pattern is stated the
#   question does not arise, and neither does it under active-active, where all of it runs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
# custom:
#   id: capacity-not-reserved
#   severity:
#     default: low
#     active-active: none
#   for: [scaling-group]
#   remediation:
#     summary: a capacity reservation in the recovery region, or an objective that can wait for capacity
#     console: "EC2 in the recovery region: Capacity Reservations, Create Capacity Reservation."
#     cli: >-
#       aws ec2 create-capacity-reservation --region RECOVERY_REGION --instance-type {{details.type|TYPE}}
#       --instance-platform Linux/UNIX --availability-zone ZONE --instance-count {{required|COUNT}}
#     terraform: |
#       resource "aws_ec2_capacity_reservation" "NAME" {
#         provider          = aws.recovery
#         instance_type     = "{{details.type|TYPE}}"
#         instance_platform = "Linux/UNIX"
#         availability_zone = "ZONE"
#         instance_count    = {{required|COUNT}}
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.compute.capacity_not_reserved

import data.seaworthy.lib.recovery

applies if {
	input.joined.recovery_region != null
	input.joined.pattern != null
	_needed > 0
}

_needed := input.capacity.desired if input.joined.standby_desired == null

_needed := input.capacity.desired - input.joined.standby_desired if input.joined.standby_desired != null

deny contains finding if {
	input.joined.reserved_instances < _needed
	finding := {
		"message": sprintf(
			"in %s, %d of the %d instances that have to start are reserved",
			[recovery.place, input.joined.reserved_instances, _needed],
		),
		"fact": "joined.reserved_instances",
		"actual": input.joined.reserved_instances,
		"required": _needed,
		"details": {"type": input.capacity.types[0]},
	}
}
