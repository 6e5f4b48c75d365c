# METADATA
# title: A tag may mean another image in the recovery region
# description: |
#   Tags of the repository can be moved. Each region resolves a tag by itself: while replication lags behind, or where
#   one of two pushes fails, the recovery region starts another version than the one that was tested.
#
#   Tags that already mean another image there are named, in repositories whose tags cannot be moved, too. The source is
#   judged, where a repository of its name is in the recovery region. Workloads that name images by digest are not
#   affected.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
# custom:
#   id: image-tag-mutable-across-regions
#   severity: {default: low, warm-standby: medium, active-active: medium}
#   for: [image-repository]
#   remediation:
#     summary: image_tag_mutability = "IMMUTABLE" in both regions, or images by digest
#     console: "ECR: the repository, Edit, Image tag mutability, Immutable."
#     cli: aws ecr put-image-tag-mutability --repository-name {{name|NAME}} --image-tag-mutability IMMUTABLE
#     terraform: |
#       resource "aws_ecr_repository" "NAME" {
#         image_tag_mutability = "IMMUTABLE"
#       }
#   frameworks:
#     aws-well-architected: [REL08-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.30]
#     soc2: [CC7.5]
#     dora: [Art. 11]
#     nis2: [CIR 4.1]
package seaworthy.replication.image_tag_mutable_across_regions

applies if {
	input.joined.recovery_region != null
	input.joined.counterpart != null
}

deny contains finding if {
	input.repository.tags_mutable == true
	finding := {
		"message": sprintf("its tags can be moved, so that they may mean another image in %s", [input.joined.recovery_region]),
		"fact": "repository.tags_mutable",
		"actual": true,
		"required": false,
	}
}

deny contains finding if {
	count(input.joined.tags_that_differ) > 0
	finding := {
		"message": sprintf(
			"%d of its tags mean another image in %s, 0 are required to",
			[count(input.joined.tags_that_differ), input.joined.recovery_region],
		),
		"fact": "joined.tags_that_differ",
		"actual": input.joined.tags_that_differ,
		"required": [],
	}
}
