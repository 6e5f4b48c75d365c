# METADATA
# title: The change deletes what workloads read when they start
# description: |
#   A task or a function that reads the secret or the parameter, pulls from the repository or writes to the log group
#   does not start any more, here or in the recovery region; nor does a machine without its image or launch template, a
#   node that has no access entry to its cluster, or a pod that waits for what an add-on gives it, and a function that is
#   made anew lacks its layer. Those that run go on, so that nobody notices before the next deployment, or the outage. A
#   secret cannot be read from the order to delete it on, whatever its window.
#
#   A secret without a window is left to stateful-resource-deleted. What Terraform merely forgets stays, and so does a
#   log group or a layer with skip_destroy, and what an add-on with preserve runs. That people are let in no more is no
#   finding here.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-delete.html
# custom:
#   id: startup-resource-deleted
#   severity: {default: medium, pilot-light: high, warm-standby: high, active-active: high}
#   for: [secret, parameter, image-repository, log-group, machine-image, launch-template, cluster-add-on, cluster-access, code-layer]
#   change: true
#   remediation:
#     summary: keep it until nothing names it any more, in any region
#     console: "Secrets Manager: Preferences, Show secrets scheduled for deletion; the secret, Cancel deletion."
#     cli: aws secretsmanager restore-secret --secret-id NAME
#     terraform: |
#       resource "aws_secretsmanager_secret" "NAME" {
#         lifecycle {
#           prevent_destroy = true
#         }
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-6, CP-7, CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.4(a)]
package seaworthy.change.startup_resource_deleted

import data.seaworthy.lib.kind.class

applies if {
	input.change.action == "delete"
	_goes
}

# A new repository is empty.
applies if {
	input.change.action == "replace"
	class == "image-repository"
}

_goes if class in {"image-repository", "launch-template", "machine-image", "parameter"}

_goes if {
	class == "secret"
	input.before.protection.recovery_window_days != 0
}

_goes if {
	class == "code-layer"
	input.before.protection.kept_when_deleted == false
}

_goes if {
	class == "log-group"
	input.before.log.kept_when_deleted == false
}

_goes if {
	class == "cluster-add-on"
	input.before.kubernetes.kept_when_deleted == false
}

_goes if {
	class == "cluster-access"
	input.before.kubernetes.access_type != "standard"
}

deny contains finding if {
	finding := {
		"message": sprintf("a %s takes it away, what starts with it requires it", [input.change.action]),
		"fact": "change.action",
		"actual": input.change.action,
		"required": "no-op",
	}
}
