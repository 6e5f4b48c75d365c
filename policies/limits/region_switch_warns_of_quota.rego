# METADATA
# title: AWS itself warns that a quota of the recovery region is too low
# description: |
#   Region switch of ARC compares the quotas of the regions of a plan. It warns where one region is allowed less than what
#   the plan has in another, and says what came of its request for more: still open, denied, or not made because too many
#   are open already.
#
#   Warnings of regions in which nothing is to come back are left out. Where the role of the plan may not look, Region switch
#   warns of that, and the verdict is unknown. Without plans there are no warnings, which shows nothing:
#   quota-too-low-in-recovery-region counts for itself.
# related_resources:
#   - ref: https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-plan-evaluation.html
#   - ref: https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html
# custom:
#   id: region-switch-warns-of-quota
#   severity: high
#   for: [quota-warning]
#   remediation:
#     summary: a quota in the recovery region that is as high as in the other region of the plan
#     console: >-
#       In the recovery region: Service Quotas, AWS services, the service, the quota, Request increase at account level; for
#       a request that is open, Quota request history.
#     cli: >-
#       aws service-quotas request-service-quota-increase --region RECOVERY_REGION --service-code
#       {{quota_warning.service|SERVICE}} --quota-code {{quota_warning.code|CODE}} --desired-value VALUE
#     terraform: |
#       resource "aws_servicequotas_service_quota" "NAME" {
#         provider     = aws.recovery
#         service_code = "{{quota_warning.service|SERVICE}}"
#         quota_code   = "{{quota_warning.code|CODE}}"
#         value        = VALUE
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
package seaworthy.limits.region_switch_warns_of_quota

applies if input.joined.comes_back_here == true

deny contains finding if {
	warning := input.quota_warning
	warning.too_low == true
	finding := {
		"message": sprintf("Region switch finds %s lower than in another region of the plan %s", [_quota, warning.plan]),
		"fact": "quota_warning.too_low",
		"actual": true,
		"required": false,
		"details": {"state": warning.state},
	}
}

_quota := sprintf("the quota '%s'", [input.quota_warning.quota]) if input.quota_warning.quota != null

_quota := "a quota" if input.quota_warning.quota == null
