# The class of a resource: what it is, in a word that every provider's kinds share. Written by a test from the rows of
# the kinds, with SEAWORTHY_BLESS=1.
package seaworthy.lib.kind

class := _classes[input.kind]

_classes := {
	"aws.autoscaling.group": "scaling-group",
	"aws.backup.copy-job": "backup-job",
	"aws.backup.plan": "backup-plan",
	"aws.backup.recovery-point": "recovery-point",
	"aws.backup.region-settings": "backup-settings",
	"aws.backup.restore-job": "backup-job",
	"aws.backup.restore-testing-plan": "restore-test",
	"aws.backup.vault": "vault",
	"aws.docdb.cluster": "database",
	"aws.docdb.instance": "database-member",
	"aws.dynamodb.table": "table",
	"aws.ec2.subnet": "network",
	"aws.efs.filesystem": "file-system",
	"aws.eks.cluster": "kubernetes-cluster",
	"aws.eks.fargate-profile": "serverless-nodes",
	"aws.eks.node-group": "node-group",
	"aws.elasticache.cluster": "cache",
	"aws.elasticache.global-datastore": "global-cluster",
	"aws.elasticache.replication-group": "cache",
	"aws.elasticache.serverless-cache": "cache",
	"aws.iam.role": "role",
	"aws.kms.key": "key",
	"aws.neptune.cluster": "database",
	"aws.neptune.instance": "database-member",
	"aws.rds.automated-backup": "recovery-point",
	"aws.rds.cluster": "database",
	"aws.rds.cluster-snapshot": "recovery-point",
	"aws.rds.global-cluster": "global-cluster",
	"aws.rds.instance": "database",
	"aws.rds.snapshot": "recovery-point",
	"aws.rds.subnet-group": "network",
	"aws.s3.bucket": "bucket",
	"aws.secretsmanager.secret": "secret",
}
