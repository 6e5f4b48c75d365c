//! The kinds of resources: `provider.service.thing`. A kind is known here or it does not exist.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::class::Class;

/// What is known of a kind beforehand.
#[derive(Debug, PartialEq, Eq)]
pub struct KindInfo {
    /// `provider.service.thing`, for example `aws.rds.instance`.
    pub name: &'static str,
    /// What it is, in a word that policies are about.
    pub class: Class,
    /// The service whose coverage speaks for this kind.
    pub service: &'static str,
    /// For people: `RDS instance`.
    pub title: &'static str,
    /// Holds data that would be lost.
    pub stateful: bool,
    /// Runs something.
    pub compute: bool,
    /// Lives once an account, not in a region.
    pub global: bool,
}

const fn kind(name: &'static str, class: Class, service: &'static str, title: &'static str) -> KindInfo {
    KindInfo { name, class, service, title, stateful: false, compute: false, global: false }
}

const fn data(name: &'static str, class: Class, service: &'static str, title: &'static str) -> KindInfo {
    KindInfo { name, class, service, title, stateful: true, compute: false, global: false }
}

const fn compute(name: &'static str, class: Class, service: &'static str, title: &'static str) -> KindInfo {
    KindInfo { name, class, service, title, stateful: false, compute: true, global: false }
}

const fn global(name: &'static str, class: Class, service: &'static str, title: &'static str) -> KindInfo {
    KindInfo { name, class, service, title, stateful: false, compute: false, global: true }
}

/// Every kind, sorted by name (looked up by binary search).
pub static KINDS: &[KindInfo] = &[
    compute("aws.autoscaling.group", Class::ScalingGroup, "autoscaling", "Auto Scaling group"),
    kind("aws.backup.copy-job", Class::BackupJob, "backup", "backup copy job"),
    kind("aws.backup.plan", Class::BackupPlan, "backup", "backup plan"),
    kind("aws.backup.recovery-point", Class::RecoveryPoint, "backup", "recovery point"),
    kind("aws.backup.region-settings", Class::BackupSettings, "backup", "backup settings of a region"),
    kind("aws.backup.restore-job", Class::BackupJob, "backup", "restore job"),
    kind("aws.backup.restore-testing-plan", Class::RestoreTest, "backup", "restore testing plan"),
    kind("aws.backup.vault", Class::Vault, "backup", "backup vault"),
    data("aws.docdb.cluster", Class::Database, "rds", "DocumentDB cluster"),
    kind("aws.docdb.instance", Class::DatabaseMember, "rds", "DocumentDB instance"),
    data("aws.dynamodb.table", Class::Table, "dynamodb", "DynamoDB table"),
    kind("aws.ec2.subnet", Class::Network, "ec2", "subnet"),
    data("aws.efs.filesystem", Class::FileSystem, "efs", "EFS file system"),
    compute("aws.eks.cluster", Class::KubernetesCluster, "eks", "EKS cluster"),
    compute("aws.eks.fargate-profile", Class::ServerlessNodes, "eks", "EKS Fargate profile"),
    compute("aws.eks.node-group", Class::NodeGroup, "eks", "EKS node group"),
    data("aws.elasticache.cluster", Class::Cache, "elasticache", "ElastiCache cluster"),
    kind("aws.elasticache.global-datastore", Class::GlobalCluster, "elasticache", "ElastiCache global datastore"),
    data("aws.elasticache.replication-group", Class::Cache, "elasticache", "ElastiCache replication group"),
    data("aws.elasticache.serverless-cache", Class::Cache, "elasticache", "ElastiCache serverless cache"),
    global("aws.iam.role", Class::Role, "iam", "IAM role"),
    kind("aws.kms.key", Class::Key, "kms", "KMS key"),
    data("aws.neptune.cluster", Class::Database, "rds", "Neptune cluster"),
    kind("aws.neptune.instance", Class::DatabaseMember, "rds", "Neptune instance"),
    kind("aws.rds.automated-backup", Class::RecoveryPoint, "rds", "replicated automated backup"),
    data("aws.rds.cluster", Class::Database, "rds", "RDS cluster"),
    kind("aws.rds.cluster-snapshot", Class::RecoveryPoint, "rds", "cluster snapshot"),
    kind("aws.rds.global-cluster", Class::GlobalCluster, "rds", "Aurora global cluster"),
    data("aws.rds.instance", Class::Database, "rds", "RDS instance"),
    kind("aws.rds.snapshot", Class::RecoveryPoint, "rds", "database snapshot"),
    kind("aws.rds.subnet-group", Class::Network, "rds", "database subnet group"),
    data("aws.s3.bucket", Class::Bucket, "s3", "S3 bucket"),
    kind("aws.secretsmanager.secret", Class::Secret, "secretsmanager", "secret"),
    kind("terraform.plan", Class::Code, "terraform", "Terraform plan"),
    kind("terraform.resource", Class::Code, "terraform", "Terraform resource"),
];

/// A reference to a row of [`KINDS`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(u16);

impl Kind {
    /// The kind of that name, if there is one.
    pub fn find(name: &str) -> Option<Self> {
        let at = KINDS.binary_search_by(|info| info.name.cmp(name)).ok()?;
        u16::try_from(at).ok().map(Self)
    }

    /// For names that stand in the code. Panics if there is no such kind; a test calls every one.
    pub fn of(name: &str) -> Self {
        match Self::find(name) {
            Some(kind) => kind,
            None => panic!("no kind is called '{name}'"),
        }
    }

    /// Its row in [`KINDS`].
    pub fn info(self) -> &'static KindInfo {
        &KINDS[usize::from(self.0)]
    }

    /// `aws.rds.instance`.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// A dense number, for tables by kind.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// `aws` of `aws.rds.instance`.
    pub fn provider(self) -> &'static str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// It stands for code that policies of users are asked about, and nothing is collected of it.
    pub fn is_of_code(self) -> bool {
        self.provider() == "terraform"
    }

    /// Every kind, in the order of [`KINDS`].
    pub fn all() -> impl Iterator<Item = Self> {
        (0..KINDS.len()).filter_map(|at| u16::try_from(at).ok().map(Self))
    }

    /// The services, each once. Code is none.
    pub fn services() -> BTreeSet<&'static str> {
        Self::all().filter(|kind| !kind.is_of_code()).map(|kind| kind.info().service).collect()
    }

    /// The kind name nearest to a misspelt one.
    pub fn nearest(name: &str) -> Option<&'static str> {
        crate::text::nearest(name, KINDS.iter().map(|info| info.name))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'de, str>::deserialize(deserializer)?;
        Self::find(&name).ok_or_else(|| de::Error::custom(format!("unknown kind '{name}'")))
    }
}

impl JsonSchema for Kind {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Kind")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = KINDS.iter().map(|info| info.name).collect();
        json_schema!({"type": "string", "enum": names})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_sorted_and_unique() {
        let names: Vec<_> = KINDS.iter().map(|info| info.name).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
        for kind in Kind::all() {
            assert_eq!(Kind::find(kind.name()), Some(kind));
        }
    }
}
