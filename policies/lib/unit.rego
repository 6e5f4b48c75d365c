# What the unit of recovery is: which of several resources that hold the same data is to be judged.
package seaworthy.lib.unit

# It holds the original of its data. A member of a cluster does not: its cluster is judged. A replica does not: its
# source is judged for the data, and the policies about replicas for the rest.
original if {
	input.kind == "aws.rds.instance"
	input.database.cluster == null
	input.replication.role != "replica"
}

original if {
	input.kind in {
		"aws.docdb.cluster",
		"aws.elasticache.replication-group",
		"aws.neptune.cluster",
		"aws.rds.cluster",
	}
	input.replication.role != "replica"
}

original if {
	input.kind in {
		"aws.dynamodb.table",
		"aws.efs.filesystem",
		"aws.elasticache.cluster",
		"aws.s3.bucket",
		"aws.secretsmanager.secret",
	}
}

# It is a replica that can take over from another region.
standby if {
	input.kind == "aws.rds.instance"
	input.replication.role == "replica"
	input.replication.cross_region == true
}

standby if {
	input.kind in {
		"aws.docdb.cluster",
		"aws.elasticache.replication-group",
		"aws.neptune.cluster",
		"aws.rds.cluster",
	}
	input.replication.role == "replica"
}
