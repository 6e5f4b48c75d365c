# METADATA
# title: An image is not in the recovery region
# description: |
#   What is to start in the recovery region pulls its image there: from the registry of the same account, or of the
#   account that it comes back in. The registry that it pulls from today is lost with its region.
#
#   An image of a container is looked for by its digest: a tag is resolved in the registry that it names. A replication rule proves
#   nothing, because it replicates only what is pushed after it was made. Images of registries that are in no region are
#   not judged. Where the workload waits in the recovery region already, its image has to be where it says.
#
#   An image of a machine has another id in each region. What counts there is a copy of it, one of its name and owner, or
#   what the group that stands in starts from. Images that AWS keeps in every region are not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
# custom:
#   id: image-missing-in-recovery-region
#   severity: {default: high, pilot-light: critical, warm-standby: critical, active-active: critical}
#   blocker: [pilot-light, warm-standby, active-active]
#   for: [{facet: workload}]
#   remediation:
#     summary: the image copied to {{details.region|the recovery region}}, and a rule that keeps copying it
#     console: "ECR: Private registry, Features and settings, Replication, Add rule; push again. EC2: AMIs, Copy AMI."
#     cli: >-
#       aws ec2 copy-image --region {{details.region|RECOVERY_REGION}} --source-region REGION --source-image-id AMI_ID
#       --name NAME;
#       aws ecr create-repository --region {{details.region|RECOVERY_REGION}}
#       --repository-name {{details.repository|NAME}} && crane copy SOURCE_IMAGE RECOVERY_IMAGE
#     terraform: |
#       resource "aws_ecr_replication_configuration" "NAME" {
#         replication_configuration {
#           rule {
#             destination {
#               region      = "{{details.region|RECOVERY_REGION}}"
#               registry_id = "{{details.account|ACCOUNT}}"
#             }
#           }
#         }
#       }
#
#       resource "aws_ami_copy" "NAME" {
#         provider          = aws.recovery
#         name              = "NAME"
#         source_ami_id     = "AMI_ID"
#         source_ami_region = "REGION"
#         encrypted         = true
#         kms_key_id        = aws_kms_key.recovery.arn
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
package seaworthy.replication.image_missing_in_recovery_region

import data.seaworthy.lib.compute.speaks_for_itself

applies if {
	some _ in input.joined.images
	speaks_for_itself
}

deny contains finding if {
	some image in input.joined.images
	image.found == false
	finding := {
		"message": sprintf("%s: image %s is not in %s, it is required there", [image.at, image.reference, image.region]),
		"fact": "joined.images",
		"actual": null,
		"required": image.region,
		"details": {
			"account": image.account,
			"digest": image.digest,
			"region": image.region,
			"repository": image.repository,
		},
	}
}
