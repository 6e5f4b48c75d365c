# What the unit of compute is.
package seaworthy.lib.compute

# Groups of the nodes of Kubernetes are judged with their cluster.
stands_alone if input.kind != "aws.autoscaling.group"

stands_alone if not _of_nodes

_of_nodes if {
	some name, _ in input.tags
	startswith(name, "kubernetes.io/cluster/")
}
