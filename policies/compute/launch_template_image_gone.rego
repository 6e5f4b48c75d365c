# METADATA
# title: The image that machines start from is gone
# description: |
#   A group whose image was deregistered, disabled or never finished goes on with the machines that it has, and starts no
#   new one: neither when one of them fails, nor when a recovery asks for more. Nobody notices before.
#
#   Judged for groups, and for launch templates and configurations that wait in the recovery region without one. A group whose launch template
#   was deleted starts nothing either. Who may use an image may be taken away from this account; then it is gone for it,
#   too. An image that is deprecated still starts machines.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-ami.html
# custom:
#   id: launch-template-image-gone
#   severity: {default: high, warm-standby: critical, active-active: critical}
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [scaling-group, launch-template]
#   remediation:
#     summary: a version of the launch template with an image that is there
#     console: "EC2: Launch templates, the template, Actions, Modify template (Create new version), AMI."
#     cli: >-
#       aws ec2 create-launch-template-version --launch-template-name NAME --source-version '$Latest'
#       --launch-template-data ImageId=AMI_ID
#     terraform: |
#       resource "aws_launch_template" "NAME" {
#         image_id = data.aws_ami.CURRENT.id
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
package seaworthy.compute.launch_template_image_gone

import data.seaworthy.lib.compute.speaks_for_itself

applies if {
	some _ in input.workload.launch_images
	speaks_for_itself
}

deny contains finding if {
	some image in input.workload.launch_images
	image.available == false
	finding := {
		"message": sprintf("%s: %s, an image that is available is required", [image.at, _what(image.reference)]),
		"fact": "workload.launch_images.available",
		"actual": false,
		"required": true,
		"details": {"image": image.reference},
	}
}

_what(reference) := "it is gone" if reference == null

_what(reference) := sprintf("image %s is gone or cannot be used", [reference]) if reference != null
