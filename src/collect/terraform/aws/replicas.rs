//! Replicas in other regions, as buckets, file systems, tables and secrets have them.

use std::collections::BTreeSet;

use crate::collect::terraform::attrs::Attrs;
use crate::model::{Fact, Replication, Resource, Shared};

/// The regions of the `replica` blocks.
pub(super) fn declared(attrs: &Attrs<'_>, region: &str) -> Replication {
    let regions: Fact<BTreeSet<String>> = match attrs.blocks_if_set("replica") {
        Fact::Known(replicas) => {
            Fact::from_known(replicas.iter().map(|replica| replica.text(region).into_known()).collect())
        }
        Fact::Absent => Fact::Known(BTreeSet::new()),
        Fact::Unknown => Fact::Unknown,
    };
    let role = match regions.known() {
        Some(regions) if regions.is_empty() => "none".into(),
        Some(_) => "primary".into(),
        None => Fact::Unknown,
    };
    Replication {
        role,
        regions: regions.map(|regions| regions.into_iter().collect()),
        // A replica is one of the whole.
        partial_regions: Fact::Known(Vec::new()),
        ..Replication::default()
    }
}

/// What is replicated to regions. `parts`: the regions that take a part of it.
pub(super) fn to(resource: &mut Resource, regions: Fact<Vec<String>>, parts: Vec<String>) {
    let role = match regions.known() {
        Some(regions) if regions.is_empty() && parts.is_empty() => "none",
        _ => "primary",
    };
    let none = regions == Fact::Known(Vec::new()) && parts.is_empty();
    resource.replication = Some(Shared::from(Replication {
        role: role.into(),
        replicas: if none { Fact::Known(Vec::new()) } else { Fact::Unknown },
        regions,
        partial_regions: Fact::Known(parts),
        ..Replication::default()
    }));
}

/// Nothing that the provider knows replicates it, or is replicated by it.
pub(super) fn none(resource: &mut Resource) {
    to(resource, Fact::Known(Vec::new()), Vec::new());
    resource.replication.get_or_insert_default().source = Fact::Absent;
}
