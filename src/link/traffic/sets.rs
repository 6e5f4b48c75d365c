//! Which records stand for one name.

use crate::model::{Rel, Resource};

/// Account, zone, name and type of a record. The zone is named by its id or, where that is not known, by its address.
pub(super) fn set_of(record: &Resource) -> Option<(&str, &str, &str, &str)> {
    let facts = record.dns.as_ref()?;
    let zone = facts.zone.text().or_else(|| record.links_to(Rel::MemberOf).next())?;
    Some((record.account().unwrap_or_default(), zone, facts.name.text()?, facts.record_type.text()?))
}

/// Account and zone of a record of which the name or the type is not known: it may stand for any name of the zone.
pub(super) fn untold(record: &Resource) -> Option<(&str, &str, &str, &str)> {
    let facts = record.dns.as_ref()?;
    let zone = facts.zone.text().or_else(|| record.links_to(Rel::MemberOf).next())?;
    let is_open = facts.name.is_unknown() || facts.record_type.is_unknown();
    is_open.then(|| (record.account().unwrap_or_default(), zone, "", ""))
}
