# METADATA
# title: A certificate expires soon
# description: |
#   When it expires, clients refuse to connect, in every region that shows it. A certificate of Amazon is renewed 60
#   days before; where less is left, the renewal does not go on: its validation record is gone, or it was never in use.
#   An imported one is renewed by nobody but its owner. A standby is easily forgotten, because nobody visits it.
#
#   Certificates that nothing shows are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
#   - ref: https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html
# custom:
#   id: certificate-expires
#   severity: {default: medium, warm-standby: high, active-active: high}
#   for: [certificate]
#   parameters:
#     min_days:
#       default: 30
#       description: days for which a certificate has to be valid
#   remediation:
#     summary: the validation record back in place, or the renewed certificate imported again
#     console: "Certificate Manager: the certificate, Renewal status, and the records in Domains."
#     cli: aws acm describe-certificate --certificate-arn ARN --query Certificate.RenewalSummary
#     terraform: |
#       resource "aws_route53_record" "validation" {
#         for_each = { for it in aws_acm_certificate.NAME.domain_validation_options : it.domain_name => it }
#         zone_id  = aws_route53_zone.NAME.zone_id
#         name     = each.value.resource_record_name
#         type     = each.value.resource_record_type
#         records  = [each.value.resource_record_value]
#         ttl      = 60
#       }
#   frameworks:
#     aws-well-architected: [REL11-BP01, REL11-BP02, REL11-BP04]
#     nist-800-53-r5: [CP-7, CP-10, SI-13]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2]
#     dora: [Art. 9, Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.traffic.certificate_expires

import data.seaworthy.lib.text.days

applies if {
	some _ in input.certificate.in_use_by
}

applies if {
	some _ in input.joined.used_by
}

deny contains finding if {
	left := input.joined.expires_in_days
	left != null
	left >= 0
	left < _min_days
	finding := {
		"message": sprintf("expires in %s, at least %s are required", [days(left), days(_min_days)]),
		"fact": "joined.expires_in_days",
		"actual": left,
		"required": _min_days,
	}
}

deny contains finding if {
	input.joined.expires_in_days != null
	input.joined.expires_in_days < 0
	finding := {
		"message": sprintf("has expired, a certificate that is valid for %s is required", [days(_min_days)]),
		"fact": "joined.expires_in_days",
		"actual": input.joined.expires_in_days,
		"required": _min_days,
	}
}

_min_days := data.parameters["certificate-expires"].min_days
