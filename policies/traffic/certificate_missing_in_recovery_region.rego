# METADATA
# title: A certificate has no counterpart in the recovery region
# description: |
#   A load balancer can show only certificates of its own region. Without one for the same names, the listener in the
#   recovery region cannot be made, or clients refuse to talk to it. Getting one during the outage takes a validation,
#   and for an imported one somebody with its private key.
#
#   A counterpart is a valid certificate in the recovery region that covers the same names, wildcards included; several
#   may do so together. Certificates that nothing shows, or that only CloudFront shows, are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html
#   - ref: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
# custom:
#   id: certificate-missing-in-recovery-region
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   for: [certificate]
#   remediation:
#     summary: a certificate for the same names in the recovery region
#     console: >-
#       In the recovery region: Certificate Manager, Request, the same domain names, DNS validation. The validation
#       record is the same.
#     cli: >-
#       aws acm request-certificate --region {{joined.recovery_region|RECOVERY_REGION}} --domain-name NAME
#       --validation-method DNS
#     terraform: |
#       resource "aws_acm_certificate" "NAME" {
#         provider                  = aws.recovery
#         domain_name               = aws_acm_certificate.SOURCE.domain_name
#         subject_alternative_names = aws_acm_certificate.SOURCE.subject_alternative_names
#         validation_method         = "DNS"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL11-BP02, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.certificate_missing_in_recovery_region

import data.seaworthy.lib.recovery
import data.seaworthy.lib.text.state

applies if {
	input.joined.recovery_region != null
	_is_shown
}

_is_shown if {
	some user in input.certificate.in_use_by
	not _is_edge(user)
}

_is_shown if {
	some user in input.joined.used_by
	not _is_edge(user)
}

_is_edge(user) if contains(user, ":cloudfront:")

_is_edge(user) if contains(user, "aws_cloudfront_distribution.")

deny contains finding if {
	input.joined.counterpart == null
	finding := {
		"message": sprintf(
			"no certificate in %s covers %s",
			[recovery.place, concat(", ", input.joined.uncovered_names)],
		),
		"fact": "joined.counterpart",
		"actual": null,
		"required": recovery.place,
		"details": {"names": input.joined.uncovered_names},
	}
}

deny contains finding if {
	input.joined.counterpart.usable == false
	finding := {
		"message": sprintf(
			"the certificate in %s for its names is %s, a valid one is required",
			[recovery.place, state(input.joined.counterpart.state)],
		),
		"fact": "joined.counterpart",
		"actual": input.joined.counterpart.state,
		"required": "issued",
		"details": {"counterpart": input.joined.counterpart.id},
	}
}
