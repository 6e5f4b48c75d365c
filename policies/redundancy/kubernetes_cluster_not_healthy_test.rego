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

test_pass_healthy if {
	kubernetes_cluster_not_healthy.deny == set() with input as _cluster("active", true, [])
}

test_unknown_health if {
	kubernetes_cluster_not_healthy.deny == set() with input as {"status": {}, "kubernetes": {}}
}

_cluster(state, healthy, issues) := {
	"status": {"state": state, "healthy": healthy},
	"kubernetes": {"issues": issues},
}
