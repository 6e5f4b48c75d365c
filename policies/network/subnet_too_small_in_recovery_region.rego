# METADATA
# title: The subnets of the recovery region have too few free addresses
# description: |
#   On the day of the recovery a service or a group of machines grows from a few to as many as ran in the lost region. Each
#   task with a network of its own and each machine takes an address. When the subnets run out of them, the rest does not
#   start, and a range of addresses cannot be made larger afterwards.
#
#   Counted are the desired tasks and machines of the source, less those that run there already, against the free addresses
#   of all subnets that they may stand in. From a plan, the size of a subnet less the five addresses that AWS keeps is the
#   most there can be. Functions share addresses that they have from the start and do not count; addresses that pods take
#   beside their nodes are not known and not counted either.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
# custom:
#   id: subnet-too-small-in-recovery-region
#   severity: {default: high, active-active: critical}
#   for: [aws.ec2.subnet]
#   remediation:
#     summary: more or larger subnets for what grows there
#     console: "VPC in the recovery region: Subnets, Create subnet; then add it to the service or the group."
#     cli: aws ec2 create-subnet --region RECOVERY_REGION --vpc-id RECOVERY_VPC --cidr-block 10.1.64.0/20
#     terraform: |
#       resource "aws_subnet" "NAME" {
#         provider   = aws.recovery
#         vpc_id     = aws_vpc.RECOVERY.id
#         cidr_block = "10.1.64.0/20"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2.4(a)]
package seaworthy.network.subnet_too_small_in_recovery_region

applies if input.joined.room != null

deny contains finding if {
	input.joined.room.needed > input.joined.room.free
	finding := {
		"message": _message,
		"fact": "joined.room",
		"actual": input.joined.room.free,
		"required": input.joined.room.needed,
		"details": {"subnets": input.joined.room.subnets},
	}
}

_message := sprintf(
	"it has room for %d addresses, and the recovery needs %d",
	[input.joined.room.free, input.joined.room.needed],
) if {
	count(input.joined.room.subnets) == 1
}

_message := sprintf(
	"it and what stands beside it (%d subnets) have room for %d addresses, and the recovery needs %d",
	[count(input.joined.room.subnets), input.joined.room.free, input.joined.room.needed],
) if {
	count(input.joined.room.subnets) > 1
}
