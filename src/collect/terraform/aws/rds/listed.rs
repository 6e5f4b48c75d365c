//! Global clusters, as far as their members need them.

use super::super::global;
use super::names::CLUSTERS;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Referents;
use crate::model::Fact;

pub(super) const GLOBALS: &[&str] =
    &["aws_rds_global_cluster", "aws_docdb_global_cluster", "aws_neptune_global_cluster"];

/// The attribute by which a member names its global cluster.
pub(super) const GLOBAL: &str = "global_cluster_identifier";

/// The cluster that a global cluster is made from.
pub(super) fn source_of(global: &Attrs<'_>) -> Option<usize> {
    global.targets("source_db_cluster_identifier", CLUSTERS).single()
}

/// A member of a global cluster, as the provider lists it.
pub(super) struct Listed {
    pub arn: String,
    pub writer: Fact<bool>,
}

/// The members that the provider lists. `None`: it was not asked yet.
pub(super) fn listed(global: &Attrs<'_>) -> Option<Vec<Listed>> {
    let blocks = match global.blocks("global_cluster_members") {
        Fact::Known(blocks) => blocks,
        Fact::Absent => Vec::new(),
        Fact::Unknown => return None,
    };
    let member = |block: &Attrs<'_>| {
        Some(Listed { arn: block.text("db_cluster_arn").into_known()?, writer: block.boolean("is_writer") })
    };
    Some(blocks.iter().filter_map(member).collect())
}

/// The global cluster that a cluster is to be a member of.
pub(super) fn of(attrs: &Attrs<'_>) -> Referents {
    global::targets(attrs, GLOBAL, GLOBALS)
}
