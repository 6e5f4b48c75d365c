# What the unit of recovery is: which of several resources that hold the same data is to be judged. Each rule reads as
# little as it can, so that one that does not hold is enough, whatever else is not known.
package seaworthy.lib.unit

import data.seaworthy.lib.kind.class

# A member of a cluster is not judged where its cluster is.
not_a_member if input.kind != "aws.rds.instance"

not_a_member if input.database.cluster == null

# A replica is not judged for its data, its source is; the policies about replicas judge the rest.
not_a_replica if {
	input.replication.role != "replica"
	_has_no_source
}

# A bucket that another's rule names does not know it.
_has_no_source if class != "bucket"

_has_no_source if input.joined.source == null

# These do not say what they are a copy of: one that waits in a recovery region is taken for a copy.
not_a_replica if {
	_has_no_role
	input.joined.is_recovery_side == false
}

_has_no_role if class in {"bucket", "file-system", "secret", "table"}

_has_no_role if input.kind == "aws.elasticache.cluster"

# A reader beside its source is no standby for another region. Members of a global cluster or datastore are always
# elsewhere.
across_regions if input.replication.cross_region == true

across_regions if input.replication.global != null
