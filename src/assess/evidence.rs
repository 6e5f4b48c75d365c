//! Whether everything was seen that could hide a blocker, and lately. What nothing speaks of was not seen.

use std::collections::BTreeSet;

use super::change::concerns;
use super::narrowed::Narrowed;
use super::{JudgedEstate, Settings};
use crate::config::COMPUTE;
use crate::model::{Coverage, CoverageStatus, Fact, Inventory, Kind, Notice, Resource, Timestamp};
use crate::policy::{Policy, PolicySet};
use crate::result::{Finding, Outcome};
use crate::text;

/// Older evidence says what was, not what is: the copies that it knows may be gone.
const FRESH_HOURS: i64 = 24;

/// Account, region and service. An empty region is that of what lives once an account.
pub(super) type Look<'a> = (&'a str, &'a str, &'a str);

/// Kinds that the answer is about: those that keep data, and those that a policy about blockers judges.
pub fn decisive_kinds(policies: &PolicySet) -> BTreeSet<Kind> {
    let judged = about_blockers(policies).flat_map(|(_, policy)| policy.kinds());
    Kind::all().filter(|kind| kind.info().is_stateful()).chain(judged).collect()
}

/// Policies about blockers in what is there, with their indexes. Those about a change say nothing of an estate.
fn about_blockers(policies: &PolicySet) -> impl Iterator<Item = (usize, &Policy)> {
    let all = policies.policies().iter().enumerate();
    all.filter(|(_, policy)| policy.is_blocker() && !policy.is_about_change())
}

/// What somebody answers for, as far as nobody looked.
#[derive(Default)]
pub(super) struct Stated {
    /// Services of the kinds that decide the answer which were not read anywhere.
    pub not_looked_at: Vec<String>,
    /// Those of them that the estate does not use, as the configuration says.
    pub without: Vec<String>,
    /// Nothing runs in the estate, they say.
    pub without_compute: bool,
    /// What the reader should know of it.
    pub notices: Vec<Notice>,
}

/// Holds what the configuration says against what was looked at and found.
pub(super) fn stated(policies: &PolicySet, inventory: &Inventory, settings: &Settings<'_>) -> Stated {
    let statement = settings.statement;
    let mut stated = Stated::default();
    let is_found =
        |service: &str, info: &Kind| info.info().service == service || (service == COMPUTE && info.info().is_compute());
    let found: BTreeSet<Kind> =
        inventory.resources.iter().map(|one| one.kind).chain(settings.narrowed.found.iter().copied()).collect();
    for service in &statement.without {
        let Some(kind) = found.iter().find(|kind| is_found(service, kind)) else { continue };
        let text =
            format!("the configuration says that the estate is without {service}, but a resource of {kind} was found");
        stated.notices.push(Notice::warning(text));
    }
    let holds = |service: &str| {
        statement.without.iter().any(|word| word == service) && !found.iter().any(|kind| is_found(service, kind))
    };
    let (without, not_looked_at): (Vec<_>, Vec<_>) = not_looked_at(decisive_kinds(policies), inventory)
        .into_iter()
        .map(str::to_owned)
        .partition(|service| holds(service));
    stated.without_compute = holds(COMPUTE);
    if !without.is_empty() {
        let text = format!("the configuration says that the estate is without {}: nobody looked", text::list(&without));
        stated.notices.push(Notice::note(text));
    }
    let any = |is: fn(&Coverage) -> bool| inventory.coverage.iter().any(is);
    if statement.all_in_code && any(Coverage::is_of_a_workspace) {
        let says = "the configuration says that all of the estate is in code";
        stated.notices.push(match any(Coverage::is_of_a_part) {
            true => {
                Notice::warning(format!("{says}, but the plan leaves something out: what it does not show is unknown"))
            }
            false => Notice::note(format!("{says}: what it does not show is taken not to be there")),
        });
    }
    Stated { not_looked_at, without, ..stated }
}

/// What shows that compute comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compute {
    /// All that was found has a counterpart.
    Shown,
    /// None was found that is to come back elsewhere.
    NotFound,
    /// So many of what was found have no counterpart, and their pattern does not ask for one.
    NotShown(usize),
}

/// Whether compute was judged, and what was said of it.
pub(super) fn compute(policies: &PolicySet, estate: JudgedEstate<'_>, findings: &[Finding]) -> Compute {
    let about: BTreeSet<usize> = about_blockers(policies)
        .filter(|(_, policy)| policy.kinds().any(|kind| kind.info().is_compute()))
        .map(|(index, _)| index)
        .collect();
    let left: BTreeSet<&str> = findings
        .iter()
        .filter(|finding| about.contains(&finding.policy) && concerns(finding.outcome))
        .map(|finding| finding.resource.id.as_str())
        .collect();
    let passed = |index: &usize| {
        estate.judged.tallies.get(*index).is_some_and(|tally| tally.get(&Outcome::Pass).is_some_and(|count| *count > 0))
    };
    match left.len() {
        0 if about.iter().any(passed) => Compute::Shown,
        0 => Compute::NotFound,
        left => Compute::NotShown(left),
    }
}

/// Counts reads of a service in a place that failed or were never made although a verdict depends on them.
pub(super) fn unseen(policies: &PolicySet, inventory: &Inventory, narrowed: &Narrowed) -> usize {
    let mut services = regional_services(decisive_kinds(policies));
    // AWS Backup has no blockers itself, but databases are recovered from its recovery points.
    services.insert("backup");
    unseen_looks(&services, inventory, narrowed).len()
}

/// Reads of a service in a place that failed, or that were never made although the same was read elsewhere or a resource
/// depends on them. The regional services that are given are to be read in every place.
pub(super) fn unseen_looks<'i>(
    regional: &BTreeSet<&'static str>,
    inventory: &'i Inventory,
    narrowed: &Narrowed,
) -> BTreeSet<Look<'i>> {
    let left_out = |row: &Coverage| left_out(row) || narrowed.leaves_out(row);
    let looks: BTreeSet<Look<'_>> = inventory.coverage.iter().filter(|row| !left_out(row)).map(look).collect();
    let made = |(account, region, service): Look<'_>| {
        [service, "*"].into_iter().any(|service| looks.contains(&(account, region, service)))
    };
    let incomplete = inventory.gaps().filter(|row| !left_out(row)).map(look);
    // A service that was read in one place must have been read in every place.
    let services: BTreeSet<&str> = looks.iter().map(|look| look.2).filter(|one| regional.contains(one)).collect();
    let places: BTreeSet<_> = looks.iter().filter(|look| !look.1.is_empty()).map(|look| (look.0, look.1)).collect();
    let everywhere =
        places.into_iter().flat_map(|place| services.iter().map(move |service| (place.0, place.1, *service)));
    let needed = inventory.resources.iter().flat_map(needed);
    let missing = everywhere.chain(needed).filter(|look| !made(*look));
    incomplete.chain(missing).collect()
}

/// Services of those kinds that live in regions. Global services are read once per account and checked there.
pub(super) fn regional_services(kinds: impl IntoIterator<Item = Kind>) -> BTreeSet<&'static str> {
    let regional = kinds.into_iter().map(Kind::info).filter(|info| !info.global);
    regional.map(|info| info.service).collect()
}

/// Services of those kinds which were not read anywhere.
pub(super) fn not_looked_at(kinds: BTreeSet<Kind>, inventory: &Inventory) -> BTreeSet<&'static str> {
    let looked_at: BTreeSet<&str> =
        inventory.coverage.iter().filter(|row| !left_out(row)).map(|row| row.service.as_str()).collect();
    if looked_at.contains("*") {
        return BTreeSet::new();
    }
    let found: BTreeSet<&str> = inventory.resources.iter().map(|resource| resource.kind.info().service).collect();
    let services = kinds.into_iter().map(|kind| kind.info().service);
    services.filter(|service| !looked_at.contains(service) && !found.contains(service)).collect()
}

/// Days since the oldest look, where that is too long ago.
pub(super) fn stale_days(inventory: &Inventory, now: Timestamp) -> Option<usize> {
    let oldest = inventory.coverage.iter().map(|row| row.at).chain([inventory.collected_at]).min()?;
    let hours = now.as_second().saturating_sub(oldest.as_second()) / 3_600;
    (hours >= FRESH_HOURS).then(|| usize::try_from(hours / 24).unwrap_or(usize::MAX))
}

/// Something was collected later than `now`, so one of the clocks is wrong and the age of the data is unknown.
pub(super) fn is_from_the_future(inventory: &Inventory, now: Timestamp) -> bool {
    let newest = inventory.coverage.iter().map(|row| row.at).chain([inventory.collected_at]).max();
    newest.is_some_and(|newest| newest.as_second().saturating_sub(now.as_second()) > 3_600)
}

/// An account or a region that is not part of the estate: left out on purpose, or not enabled.
fn left_out(row: &Coverage) -> bool {
    row.status == CoverageStatus::Skipped && row.service == "*" && !row.account.is_empty()
}

pub(super) fn look(row: &Coverage) -> Look<'_> {
    (&row.account, &row.region, &row.service)
}

/// The reads that show the neighbours of a resource: in its own place and in its recovery place.
fn needed(resource: &Resource) -> impl Iterator<Item = Look<'_>> {
    let kind = resource.kind.info();
    // An unknown place has no coverage row: nothing proves that it was read.
    let region = match &resource.place.region {
        _ if !resource.kind.is_of_the_estate() => None,
        _ if kind.global => Some(""),
        Fact::Absent => None,
        region => Some(region.text().unwrap_or_default()),
    };
    let own = region.map(|region| (resource.account().unwrap_or_default(), region));
    let joined = resource.joined.as_ref().filter(|_| kind.is_stateful() || kind.is_compute());
    let recovery = joined.and_then(|joined| joined.recovery_account.text().zip(joined.recovery_region.text()));
    own.into_iter().chain(recovery).map(move |(account, region)| (account, region, kind.service))
}
