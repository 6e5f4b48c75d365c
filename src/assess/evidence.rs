//! Whether everything was seen that could hide a blocker, and lately. What nothing speaks of was not seen.

use std::collections::BTreeSet;

use crate::model::{Coverage, CoverageStatus, Fact, Inventory, KINDS, Resource, Timestamp};

/// Older evidence says what was, not what is: the copies that it knows may be gone.
const FRESH_HOURS: i64 = 24;

/// Account, region and service. An empty region is that of what lives once an account.
type Look<'a> = (&'a str, &'a str, &'a str);

/// Looks that were not complete, or not made, though what was judged or where it is to come back hangs on them.
pub(super) fn unseen(inventory: &Inventory) -> usize {
    let looks: BTreeSet<Look<'_>> = inventory.coverage.iter().filter(|row| !left_out(row)).map(look).collect();
    let made = |(account, region, service): Look<'_>| {
        [service, "*"].into_iter().any(|service| looks.contains(&(account, region, service)))
    };
    let incomplete = inventory.gaps().filter(|row| !left_out(row)).map(look);
    // A service that was looked at in one place has to be looked at in all of them.
    let services: BTreeSet<&str> = looks.iter().map(|look| look.2).filter(|service| is_stateful(service)).collect();
    let places: BTreeSet<_> = looks.iter().filter(|look| !look.1.is_empty()).map(|look| (look.0, look.1)).collect();
    let everywhere =
        places.into_iter().flat_map(|place| services.iter().map(move |service| (place.0, place.1, *service)));
    let needed = inventory.resources.iter().flat_map(needed);
    let missing = everywhere.chain(needed).filter(|look| !made(*look));
    incomplete.chain(missing).collect::<BTreeSet<_>>().len()
}

/// Services that keep data and that nothing was looked at of, anywhere.
pub(super) fn not_looked_at(inventory: &Inventory) -> BTreeSet<&'static str> {
    let looked_at: BTreeSet<&str> = inventory.coverage.iter().map(|row| row.service.as_str()).collect();
    let found = inventory.resources.iter().map(|resource| resource.kind.info().service);
    let mut left: BTreeSet<_> = KINDS.iter().filter(|kind| kind.stateful).map(|kind| kind.service).collect();
    if looked_at.contains("*") {
        left.clear();
    }
    left.retain(|service| !looked_at.contains(service));
    found.for_each(|service| {
        left.remove(service);
    });
    left
}

/// Days since the oldest look, where that is too long ago.
pub(super) fn stale_days(inventory: &Inventory, now: Timestamp) -> Option<usize> {
    let oldest = inventory.coverage.iter().map(|row| row.at).chain([inventory.collected_at]).min()?;
    let hours = now.as_second().saturating_sub(oldest.as_second()) / 3_600;
    (hours >= FRESH_HOURS).then(|| usize::try_from(hours / 24).unwrap_or(usize::MAX))
}

/// An account or a region that is not part of the estate: left out on purpose, or not enabled.
fn left_out(row: &Coverage) -> bool {
    row.status == CoverageStatus::Skipped && row.service == "*" && !row.account.is_empty()
}

fn look(row: &Coverage) -> Look<'_> {
    (&row.account, &row.region, &row.service)
}

fn is_stateful(service: &str) -> bool {
    KINDS.iter().any(|kind| kind.stateful && kind.service == service)
}

/// The looks that show a resource's neighbours: in its own place, and in the one where it is to come back.
fn needed(resource: &Resource) -> impl Iterator<Item = Look<'_>> {
    let kind = resource.kind.info();
    // Of a place that is not known, nothing says that it was looked at.
    let region = match &resource.place.region {
        _ if kind.global => Some(""),
        Fact::Absent => None,
        region => Some(region.text().unwrap_or_default()),
    };
    let own = region.map(|region| (resource.account().unwrap_or_default(), region));
    let joined = resource.joined.as_ref().filter(|_| kind.stateful);
    let recovery = joined.and_then(|joined| joined.recovery_account.text().zip(joined.recovery_region.text()));
    own.into_iter().chain(recovery).map(move |(account, region)| (account, region, kind.service))
}
