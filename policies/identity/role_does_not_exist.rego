# METADATA
# title: A role that is taken on does not exist
# description: |
#   A role was deleted, and what takes it on still names it. A backup plan then makes no backups: every job fails. Every
#   call of a function fails, and no task or machine starts any more. A Kubernetes cluster runs on until it has to change
#   or to grow, and a recovery is just that; an add-on does not do its work any more.
#
#   Machines take on the role of an instance profile: one that was deleted, or that holds no role any more, counts, too.
#   What a launch template says is judged with the groups that start from it. Judged where every role of the account
#   was listed. Service-linked roles are made by their services.
# related_resources:
#   - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
# custom:
#   id: role-does-not-exist
#   severity: high
#   for:
#     - backup-plan
#     - container-definition
#     - container-service
#     - function
#     - launch-template
#     - scaling-group
#     - {facet: kubernetes}
#   except: [cluster-access]
#   remediation:
#     summary: the role or the instance profile, made anew with the same name, path, trust and policies
#     console: "IAM: Roles, Create role, with the same name, path, trust and policies."
#     cli: aws iam create-role --role-name NAME --path PATH --assume-role-policy-document file://trust.json
#     terraform: |
#       resource "aws_iam_role" "NAME" {
#         name               = "NAME"
#         assume_role_policy = data.aws_iam_policy_document.TRUST.json
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP03, REL11-BP04, REL13-BP04]
#     nist-800-53-r5: [CP-9, CP-10]
#     nist-csf-2.0: [PR.DS-11, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 11, Art. 12, Art. 12(2)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.2(e)]
package seaworthy.identity.role_does_not_exist

import data.seaworthy.lib.compute.speaks_for_itself

applies if speaks_for_itself

deny contains finding if {
	some role in input.joined.missing_roles
	finding := {
		"message": sprintf("it takes on the role %s, which does not exist", [role]),
		"fact": "joined.missing_roles",
		"actual": null,
		"required": role,
	}
}
