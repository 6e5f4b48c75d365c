//! What RDS refuses to make, so that it is no copy of anything.

use super::super::kms::KEYS;
use super::region_of;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::model::{Fact, Rel, Resource};

/// Keys do not cross regions: an encrypted replica in another region takes a key of that region, and is not made
/// without one.
pub(super) fn without_key(attrs: &Attrs<'_>, resource: &mut Resource, key: &str) {
    let crosses = resource.replication.as_ref().is_some_and(|facts| facts.cross_region == Fact::Known(true));
    let is_encrypted = resource.encryption.as_ref().is_some_and(|facts| facts.enabled == Fact::Known(true));
    if !attrs.is_created() || !crosses || !is_encrypted || has_key(attrs, resource, key) {
        return;
    }
    resource.links.retain(|link| !matches!(link.rel, Rel::EncryptedBy | Rel::ReplicaOf));
    resource.unknown.remove("encryption.key");
    if let Some(facts) = &mut resource.encryption {
        facts.key = Fact::Absent;
    }
    if let Some(facts) = &mut resource.replication {
        facts.source = Fact::Unknown;
    }
    resource.mark_unknown("replication.source", "without a key of its region the replica is not made");
}

/// The code names a key, and as far as is known one of the same region. An expression that refers to a key in another
/// region may make the name of another one of it.
fn has_key(attrs: &Attrs<'_>, resource: &Resource, key: &str) -> bool {
    match attrs.state(key) {
        State::Null | State::Unset => false,
        State::Unknown(_) => true,
        State::Known(_) => {
            let region = region_of(attrs.world, resource, &attrs.targets(key, KEYS));
            region.text().zip(resource.region()).is_none_or(|(region, own)| region == own)
        }
    }
}

/// Whether it is a replica that is not made.
pub(super) fn is_refused(resource: &Resource) -> bool {
    let source = resource.replication.as_ref().is_some_and(|facts| facts.source.is_unknown());
    let encryption = resource.encryption.as_ref();
    source && encryption.is_some_and(|facts| facts.enabled == Fact::Known(true) && facts.key.is_absent())
}
