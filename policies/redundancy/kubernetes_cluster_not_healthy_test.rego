package seaworthy.redundancy.kubernetes_cluster_not_healthy_test

import data.seaworthy.redundancy.kubernetes_cluster_not_healthy

test_fail_issues if {
	kubernetes_cluster_not_healthy.deny == {{
		"message": "EKS reports issues of the cluster: Ec2SubnetNotFound, KmsKeyDisabled",
		"fact": "kubernetes.issues",
		"actual": ["Ec2SubnetNotFound", "KmsKeyDisabled"],
		"required": [],
	}} with input as _cluster("active", false, ["Ec2SubnetNotFound", "KmsKeyDisabled"])
}

test_fail_state if {
	kubernetes_cluster_not_healthy.deny == {{
		"message": "the cluster is failed, it is required to be active",
		"fact": "status.state",
		"actual": "failed",
		"required": "active",
	}} with input as _cluster("failed", false, [])
}

test_fail_issues_of_an_add_on if {
	kubernetes_cluster_not_healthy.deny == {{
		"message": "EKS reports issues of the add-on: InsufficientNumberOfReplicas",
		"fact": "kubernetes.issues",
		"actual": ["InsufficientNumberOfReplicas"],
		"required": [],
	}} with input as _add_on("degraded", ["InsufficientNumberOfReplicas"], false)
}

test_fail_state_of_an_add_on if {
	kubernetes_cluster_not_healthy.deny == {{
		"message": "the add-on is create failed, it is required to be active",
		"fact": "status.state",
		"actual": "create_failed",
		"required": "active",
	}} with input as _add_on("create_failed", [], true)
}

test_pass_healthy if {
	kubernetes_cluster_not_healthy.deny == set() with input as _cluster("active", true, [])
}

test_pass_add_on_that_waits_for_nodes if {
	kubernetes_cluster_not_healthy.deny == set() with input as _add_on("degraded", ["InsufficientNumberOfReplicas"], true)
}

test_unknown_health if {
	kubernetes_cluster_not_healthy.deny == set() with input as {"status": {}, "kubernetes": {}}
}

_add_on(state, issues, waits) := {
	"kind": "aws.eks.add-on",
	"status": {"state": state, "healthy": false},
	"kubernetes": {"issues": issues},
	"joined": {"is_recovery_side": waits},
}

_cluster(state, healthy, issues) := {
	"kind": "aws.eks.cluster",
	"status": {"state": state, "healthy": healthy},
	"kubernetes": {"issues": issues},
}
