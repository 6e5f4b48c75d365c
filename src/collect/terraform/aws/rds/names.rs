//! Types of clusters, and attributes that name others.

use crate::collect::terraform::attrs::Attrs;

pub(super) const CLUSTERS: &[&str] = &["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"];

pub(super) const MEMBERS: &[&str] =
    &["aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance"];

/// The attribute by which an instance names its cluster.
pub(super) const CLUSTER: &str = "cluster_identifier";

/// The attribute by which an instance names what it is a replica of.
pub(super) const REPLICATED: &str = "replicate_source_db";

pub(super) const SOURCE: &str = "replication_source_identifier";

pub(super) fn is_restored(attrs: &Attrs<'_>) -> bool {
    ["snapshot_identifier", "restore_to_point_in_time", "s3_import"]
        .iter()
        .any(|name| attrs.declares(name) && attrs.is_set(name))
}
