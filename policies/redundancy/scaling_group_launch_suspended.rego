# METADATA
# title: An Auto Scaling group cannot launch instances
# description: |
#   While the Launch process is suspended, the group stays empty in the recovery region, however high its desired
#   capacity is set. Neither a lost instance nor a lost zone is made up for.
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
# custom:
#   id: scaling-group-launch-suspended
#   severity: high
#   for: [scaling-group]
#   remediation:
#     summary: resume the Launch process
#     console: "EC2: Auto Scaling groups, the group, Details, Advanced configurations, Edit, Suspended processes."
#     cli: aws autoscaling resume-processes --auto-scaling-group-name NAME --scaling-processes Launch
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         suspended_processes = []
#       }
#   frameworks:
#     aws-well-architected: [REL07-BP02, REL11-BP03, REL13-BP05]
#     nist-800-53-r5: [CP-2(2), CP-10]
#     nist-csf-2.0: [PR.IR-04]
#     iso-27001-2022: [A.8.6, A.8.14]
#     soc2: [A1.1]
#     dora: [Art. 12(4)]
#     nis2: [CIR 4.2.4(a)]
package seaworthy.redundancy.scaling_group_launch_suspended

deny contains finding if {
	some process in input.capacity.suspended
	process == "Launch"
	finding := {
		"message": "the Launch process is suspended, it is required to run",
		"fact": "capacity.suspended",
		"actual": "Launch",
		"required": null,
	}
}
