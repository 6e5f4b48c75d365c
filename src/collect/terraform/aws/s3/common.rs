//! What buckets and file systems have in common.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Parts;
use crate::model::Resource;

pub(super) const BUCKETS: &[&str] = &["aws_s3_bucket"];

pub(super) const FILE_SYSTEMS: &[&str] = &["aws_efs_file_system"];

/// The bucket that a part names, if it is managed here.
pub(super) fn of_bucket(attrs: &Attrs<'_>, resources: &mut Parts, set: impl FnOnce(&mut Resource)) -> Vec<usize> {
    of(attrs, "bucket", BUCKETS, resources, set)
}

pub(super) fn of(
    attrs: &Attrs<'_>,
    name: &str,
    types: &[&str],
    resources: &mut Parts,
    set: impl FnOnce(&mut Resource),
) -> Vec<usize> {
    let targets = attrs.targets(name, types);
    if let Some(resource) = targets.single().and_then(|at| resources[at].as_mut()) {
        set(resource);
    }
    targets.here()
}
