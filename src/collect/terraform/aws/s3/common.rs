//! What a bucket shares with its replication.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::part_of;
use crate::collect::terraform::world::Parts;
use crate::model::Resource;

pub(super) const BUCKETS: &[&str] = &["aws_s3_bucket"];

/// The bucket that a part names, if it is managed here.
pub(super) fn of_bucket(attrs: &Attrs<'_>, resources: &mut Parts, set: impl FnOnce(&mut Resource)) -> Vec<usize> {
    part_of::set(attrs, "bucket", BUCKETS, resources, set)
}
