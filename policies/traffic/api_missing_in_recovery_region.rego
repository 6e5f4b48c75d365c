# METADATA
# title: An API or its domain has no counterpart in the recovery region
# description: |
#   An API of API Gateway lives in one region, and so does the domain that leads to it. Its functions run in the recovery
#   region, and no request gets to them. Made during the outage it has a new host name, needs a certificate that is
#   validated there, and a record that leads to it.
#
#   A counterpart of an API takes requests of the same sort, and has the same name, but for the region in it, or is the
#   only one of its application there. Without a stage that is deployed it answers nothing. A domain needs one of the same
#   name, which only domains of a region can have: one that is optimized for the edge is the only one of its name, and
#   calls the region that is lost. Under backup and restore both may be made anew from code.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
# custom:
#   id: api-missing-in-recovery-region
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: high
#     warm-standby: critical
#     active-active: critical
#   blocker: [warm-standby, active-active]
#   for: [api]
#   remediation:
#     summary: the same API, its stage and a regional domain of the same name in the recovery region, from the same code
#     console: >-
#       In the recovery region: API Gateway, Create API with the same name and integrations, Deploy; then Custom domain
#       names, Add domain name with the same name and a certificate of that region.
#     cli: >-
#       aws apigatewayv2 create-domain-name --region {{joined.recovery_region|RECOVERY_REGION}} --domain-name DOMAIN
#       --domain-name-configurations CertificateArn=CERTIFICATE_ARN,EndpointType=REGIONAL
#     terraform: |
#       resource "aws_apigatewayv2_api" "NAME" {
#         provider      = aws.recovery
#         name          = aws_apigatewayv2_api.SOURCE.name
#         protocol_type = aws_apigatewayv2_api.SOURCE.protocol_type
#       }
#
#       resource "aws_apigatewayv2_stage" "NAME" {
#         provider    = aws.recovery
#         api_id      = aws_apigatewayv2_api.NAME.id
#         name        = "$default"
#         auto_deploy = true
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2]
package seaworthy.traffic.api_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if input.joined.recovery_region != null

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf("%s in %s, where one is required", [_missing, recovery.place]),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"its counterpart in %s is %s, one that takes requests is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "usable",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

_missing := "no domain of the same name is" if input.kind == "aws.apigateway.domain"

else := "no API stands in for it"
