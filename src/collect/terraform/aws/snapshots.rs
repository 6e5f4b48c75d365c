//! Snapshots that code takes, and copies of them.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Referents;
use crate::model::{Fact, RecoveryPoint, Rel, Resource, Shared};

/// What Terraform takes is taken by hand.
pub(super) const BY_HAND: &str = "manual";

/// A snapshot of what it names. None of them lies in a vault, and none is scanned.
pub(super) fn taken(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    source: Referents,
    region: Fact<String>,
    method: Fact<String>,
) {
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: attrs.link_to(resource, Rel::BackupOf, "recovery_point.source", source),
        source_region: region,
        vault: Fact::Absent,
        method,
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    }));
}

/// What a copy is of: what that is of which it is a copy. `name` is the attribute by which a snapshot says so.
pub(super) fn of_original(original: Option<Attrs<'_>>, name: &str, types: &[&str]) -> Referents {
    match original {
        Some(original) if original.declares(name) => original.targets(name, types),
        Some(_) => Referents::unknown("it is a copy of a copy"),
        None => Referents::unknown("its snapshot is not managed here"),
    }
}
