//! Which kinds take part in which search: what a copy, a replica or a global member of a kind can be.

use crate::model::{KINDS, Kind};

/// By kind, the kinds that are searched for it.
pub(super) struct Kinds {
    pub key: Kind,
    pub plan: Kind,
    pub role: Kind,
    pub settings: Kind,
    pub vault: Kind,
    pub restore_job: Kind,
    pub recovery_point: Kind,
    pub eks_cluster: Kind,
    pub node_group: Kind,
    pub fargate_profile: Kind,
    pub scaling_group: Kind,
    live: Vec<Vec<Kind>>,
    copies: Vec<Vec<Kind>>,
}

/// Databases of the RDS API, with what their snapshots are.
const DATABASES: &[(&str, &str)] = &[
    ("aws.rds.instance", "aws.rds.snapshot"),
    ("aws.rds.cluster", "aws.rds.cluster-snapshot"),
    ("aws.docdb.cluster", "aws.rds.cluster-snapshot"),
    ("aws.neptune.cluster", "aws.rds.cluster-snapshot"),
];

impl Kinds {
    pub(super) fn new() -> Self {
        let mut kinds = Self {
            key: Kind::of("aws.kms.key"),
            plan: Kind::of("aws.backup.plan"),
            role: Kind::of("aws.iam.role"),
            settings: Kind::of("aws.backup.region-settings"),
            vault: Kind::of("aws.backup.vault"),
            restore_job: Kind::of("aws.backup.restore-job"),
            recovery_point: Kind::of("aws.backup.recovery-point"),
            eks_cluster: Kind::of("aws.eks.cluster"),
            node_group: Kind::of("aws.eks.node-group"),
            fargate_profile: Kind::of("aws.eks.fargate-profile"),
            scaling_group: Kind::of("aws.autoscaling.group"),
            live: vec![Vec::new(); KINDS.len()],
            copies: vec![Vec::new(); KINDS.len()],
        };
        for kind in Kind::all().filter(|kind| kind.info().stateful) {
            let live = match kind.name() {
                "aws.rds.instance" | "aws.efs.filesystem" => vec![kind],
                "aws.rds.cluster" => vec![kind, Kind::of("aws.rds.instance")],
                _ if kinds.has_global(kind) => vec![kind],
                _ => Vec::new(),
            };
            let mut copies = live.clone();
            if let Some((_, snapshot)) = DATABASES.iter().find(|(name, _)| *name == kind.name()) {
                copies.extend([Kind::of(snapshot), Kind::of("aws.rds.automated-backup")]);
            }
            // ElastiCache and secrets are no resources that AWS Backup knows.
            if !kind.name().starts_with("aws.elasticache.") && kind.name() != "aws.secretsmanager.secret" {
                copies.push(kinds.recovery_point);
            }
            kinds.live[kind.index()] = live;
            kinds.copies[kind.index()] = copies;
        }
        kinds
    }

    /// What a live replica of that kind is.
    pub(super) fn live(&self, kind: Kind) -> &[Kind] {
        self.live.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a copy of the data of that kind is.
    pub(super) fn copies(&self, kind: Kind) -> &[Kind] {
        self.copies.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the nodes of a Kubernetes cluster come from.
    pub(super) fn of_clusters(&self) -> [Kind; 3] {
        [self.node_group, self.fargate_profile, self.scaling_group]
    }

    /// The backup service can back it up.
    pub(super) fn backed_up(&self, kind: Kind) -> bool {
        self.copies(kind).contains(&self.recovery_point)
    }

    /// The provider itself keeps its copies and says in which regions.
    pub(super) fn provider_replicated(&self, kind: Kind) -> bool {
        matches!(kind.name(), "aws.dynamodb.table" | "aws.s3.bucket" | "aws.secretsmanager.secret")
    }

    /// It can be a member of a global cluster or datastore.
    pub(super) fn has_global(&self, kind: Kind) -> bool {
        matches!(
            kind.name(),
            "aws.docdb.cluster" | "aws.elasticache.replication-group" | "aws.neptune.cluster" | "aws.rds.cluster"
        )
    }
}
