# METADATA
# title: Quota of the recovery region is too low for what comes back
# description: |
#   Quotas are set region by region, and a region that is never used has those that every account starts with. What was
#   granted for the source region over years is not granted here; the recovery stops in the middle, and an increase takes
#   hours or days, just when everybody asks for one.
#
#   What the source region uses is held against the quota of the recovery region, together with what is there already.
#   What stands in for something that comes back is not counted twice; where it is not known what of it does, the verdict
#   is unknown if that decides. A quota is not capacity: only a capacity reservation promises machines.
#
#   Counted are databases, cache nodes, Auto Scaling groups and the processors of their machines by family, EKS clusters, the
#   processors of ECS services on Fargate, what functions reserve, load balancers, target groups, security groups and VPCs.
#   Not counted is what nobody can tell beforehand: how many functions without a reservation run at a time, in which zone NAT
#   gateways come back, tasks and machines that somebody starts by hand.
# related_resources:
#   - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_manage_service_limits_suff_buffer_limits.html
#   - ref: https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html
# custom:
#   id: quota-too-low-in-recovery-region
#   severity:
#     default: high
#     backup-restore: high
#     pilot-light: critical
#     warm-standby: critical
#     active-active: high
#   blocker: [backup-restore, pilot-light, warm-standby]
#   for: [quota]
#   remediation:
#     summary: a quota in the recovery region of at least {{required|what the source region uses}}
#     console: >-
#       In the recovery region: Service Quotas, AWS services, the service, the quota, Request increase at account level.
#     cli: >-
#       aws service-quotas request-service-quota-increase --region RECOVERY_REGION --service-code
#       {{quota.service|SERVICE}} --quota-code {{quota.code|CODE}} --desired-value {{required|VALUE}}
#     terraform: |
#       resource "aws_servicequotas_service_quota" "NAME" {
#         provider     = aws.recovery
#         service_code = "{{quota.service|SERVICE}}"
#         quota_code   = "{{quota.code|CODE}}"
#         value        = {{required|VALUE}}
#       }
#   frameworks:
#     aws-well-architected: [REL01-BP06, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.limits.quota_too_low_in_recovery_region

applies if input.joined.quota_needed != null

deny contains finding if {
	input.joined.quota_needed > input.quota.value
	finding := {
		"message": sprintf(
			"it allows %d %s, and the recovery needs %d",
			[input.quota.value, input.quota.counts, input.joined.quota_needed],
		),
		"fact": "quota.value",
		"actual": input.quota.value,
		"required": input.joined.quota_needed,
	}
}
