# What a plan does to a resource that is there already.
package seaworthy.lib.change

import data.seaworthy.lib.kind.class

# It is there before and after, so that both can be compared.
kept if input.change.action in {"replace", "update"}

# What is there now is destroyed, with whatever is in it. What Terraform merely forgets stays.
destroyed if input.change.action in {"delete", "replace"}

# Was it no member of a cluster, which is judged in its place?
was_not_a_member if input.kind != "aws.rds.instance"

was_not_a_member if input.before.database.cluster == null

# Was it no replica, so that the original of the data is in it?
was_not_a_replica if input.before.replication.role != "replica"

was_not_a_replica if class in {"bucket", "file-system", "secret", "table", "vault"}

was_not_a_replica if input.kind == "aws.elasticache.cluster"
