# What the unit of compute is.
package seaworthy.lib.compute

import data.seaworthy.lib.kind.class

# Groups of the nodes of Kubernetes are judged with their cluster.
stands_alone if class != "scaling-group"

stands_alone if not _of_nodes

_of_nodes if {
	some name, _ in input.tags
	startswith(name, "kubernetes.io/cluster/")
}
