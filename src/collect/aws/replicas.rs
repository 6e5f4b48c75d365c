//! What stores say alike of their replicas.

use crate::model::{Fact, Replication};

/// The part of one that gives whole copies to others and takes none: to `replicas`, named by id, and in `regions`. Whether
/// they follow is not said.
pub(crate) fn gives(replicas: Vec<String>, regions: Vec<String>) -> Replication {
    let is_alone = replicas.is_empty() && regions.is_empty();
    Replication {
        role: if is_alone { "none" } else { "primary" }.into(),
        source: Fact::Absent,
        replicas: Fact::Known(replicas),
        regions: Fact::Known(regions),
        partial_regions: Fact::Known(Vec::new()),
        ..Replication::default()
    }
}
