//! Kinds of ElastiCache, and what is read alike of several of them.

use std::collections::HashMap;

use aws_sdk_elasticache::types::{CacheCluster, GlobalReplicationGroup};

use crate::model::{Fact, Status};

pub(super) const GROUP: &str = "aws.elasticache.replication-group";

pub(super) const CLUSTER: &str = "aws.elasticache.cluster";

pub(super) const DATASTORE: &str = "aws.elasticache.global-datastore";

pub(super) const SERVERLESS: &str = "aws.elasticache.serverless-cache";

pub(super) const SUBNET_GROUP: &str = "aws.elasticache.subnet-group";

/// What else the region has, for what a replication group does not say itself. A gap is why there may be more.
#[derive(Default)]
pub(super) struct Beside<'a> {
    pub(super) clusters: HashMap<&'a str, &'a CacheCluster>,
    pub(super) clusters_gap: Option<String>,
    pub(super) datastores: HashMap<&'a str, &'a GlobalReplicationGroup>,
    pub(super) datastores_gap: Option<String>,
}

/// A state in which a cache serves, or soon will again without anybody's help.
pub(super) fn status(state: Option<&str>) -> Status {
    let fine = |state: &str| matches!(state, "available" | "modifying" | "snapshotting" | "rebooting cluster nodes");
    let state = state.map(str::to_lowercase);
    Status {
        healthy: Fact::from_known(state.as_deref().map(fine)),
        state: Fact::from_known(state),
        ..Status::default()
    }
}
