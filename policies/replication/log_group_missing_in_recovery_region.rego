# METADATA
# title: A log group is not in the recovery region
# description: |
#   A container whose log group is not there does not start, unless it makes the group itself (awslogs-create-group).
#
#   Judged is what writes the log, not the log group: most groups are made by what writes to them. Where it waits in the
#   recovery region already, the group has to be where it says.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
# custom:
#   id: log-group-missing-in-recovery-region
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [{facet: workload}]
#   remediation:
#     summary: the log group {{details.group|NAME}} in {{details.region|the recovery region}}
#     console: "CloudWatch in {{details.region|the recovery region}}: Log groups, Create log group."
#     cli: >-
#       aws logs create-log-group --region {{details.region|RECOVERY_REGION}}
#       --log-group-name {{details.group|NAME}}
#     terraform: |
#       resource "aws_cloudwatch_log_group" "NAME" {
#         provider = aws.recovery
#         name     = aws_cloudwatch_log_group.SOURCE.name
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.replication.log_group_missing_in_recovery_region

applies if {
	some _ in input.joined.logs
}

deny contains finding if {
	some log in input.joined.logs
	log.found == false
	log.creates == false
	finding := {
		"message": sprintf("%s: log group %s is not in %s, it is required there", [log.at, log.group, log.region]),
		"fact": "joined.logs",
		"actual": null,
		"required": log.region,
		"details": {"group": log.group, "region": log.region},
	}
}
