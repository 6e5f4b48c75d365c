//! Which records stand for one name.

use crate::model::{Rel, Resource};

/// Account, zone, name and type of a record. The zone is named by its id or, where that is not known, by its address.
pub(super) fn set_of(record: &Resource) -> Option<(&str, &str, &str, &str)> {
    let facts = record.dns.as_ref()?;
    let zone = facts.zone.text().or_else(|| record.links_to(Rel::MemberOf).next())?;
    Some((record.account().unwrap_or_default(), zone, facts.name.text()?, facts.record_type.text()?))
}
