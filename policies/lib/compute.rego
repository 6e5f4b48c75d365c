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

# What a launch template says is judged with the groups that start from it. One that no group uses is judged where it
# waits for a recovery; elsewhere it is left over.
speaks_for_itself if class != "launch-template"

speaks_for_itself if {
	class == "launch-template"
	input.joined.is_recovery_side
	input.joined.unused
}
