# METADATA
# title: The change takes a name off a certificate
# description: |
#   Whoever asks for that host gets a certificate that is not for it, and turns away. Where the application runs that is
#   seen at once; where it is to come back nobody asks before the failover.
# related_resources:
#   - ref: https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
# custom:
#   id: certificate-name-removed
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [certificate]
#   change: true
#   remediation:
#     summary: the name as before, until nothing answers to it any more
#     console: Request the new certificate with all names, and remove the old one in a change of its own.
#     cli: aws acm describe-certificate --certificate-arn ARN
#     terraform: |
#       resource "aws_acm_certificate" "NAME" {
#         domain_name               = "shop.example.com"
#         subject_alternative_names = ["*.shop.example.com"]
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
package seaworthy.change.certificate_name_removed

import data.seaworthy.lib.change.kept

applies if kept

deny contains finding if {
	some name in input.before.certificate.names
	every other in input.certificate.names { not _covers(other, name) }
	finding := {
		"message": sprintf("is not for %s any more, before the change it was", [name]),
		"fact": "certificate.names",
		"actual": input.certificate.names,
		"required": name,
	}
}

_covers(other, name) if other == name

# A star stands for one label.
_covers(other, name) if {
	startswith(other, "*.")
	parts := split(name, ".")
	other == concat(".", array.concat(["*"], array.slice(parts, 1, count(parts))))
}
