//! What decided verdicts rest on, counted: of a large estate there are too many passes to keep. How old it is, the
//! coverage of the places tells in which it was seen.

use std::collections::BTreeMap;

use crate::model::Linked;
use crate::policy::rules::Rules;
use crate::result::EvidenceKind;

/// Where the evidence of a verdict was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenIn {
    /// Account and region of its resource; empty where unknown, or where it lives once an account.
    pub own: (String, String),
    /// Account and region where that comes back. None: nowhere else, or it is not known where.
    pub recovery: Option<(String, String)>,
}

/// Decided verdicts of one policy with evidence of one kind from one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// How many of them there are.
    pub verdicts: usize,
    /// Whole days between the oldest measurement that they rest on and when it was read, where that is known.
    pub measured_days: Option<u32>,
}

/// By kind of evidence and place.
pub type Grounds = BTreeMap<(EvidenceKind, SeenIn), Decided>;

/// What one worker counted. Neighbours mostly stand in one place, so that it is looked up once for many.
pub(super) struct Ledger {
    places: Vec<SeenIn>,
    /// Index of the place of the resource that is judged.
    here: usize,
    by_policy: Vec<Vec<(EvidenceKind, usize, Decided)>>,
}

impl Ledger {
    pub(super) fn new(policies: usize) -> Self {
        Self { places: vec![SeenIn::default()], here: 0, by_policy: vec![Vec::new(); policies] }
    }

    /// The verdicts that follow are about this resource.
    pub(super) fn enter(&mut self, linked: Linked<'_>) {
        let resource = linked.resource;
        let own = (resource.account().unwrap_or_default(), resource.region().unwrap_or_default());
        let recovery = linked
            .joined()
            .and_then(|joined| Some((joined.recovery_account.text().unwrap_or(own.0), joined.recovery_region.text()?)));
        let is_it = |place: &SeenIn| {
            let there = place.recovery.as_ref().map(|(account, region)| (account.as_str(), region.as_str()));
            (place.own.0.as_str(), place.own.1.as_str()) == own && there == recovery
        };
        if self.places.get(self.here).is_some_and(is_it) {
            return;
        }
        let owned = |(account, region): (&str, &str)| (account.to_owned(), region.to_owned());
        self.here = self.places.iter().position(is_it).unwrap_or_else(|| {
            self.places.push(SeenIn { own: owned(own), recovery: recovery.map(owned) });
            self.places.len() - 1
        });
    }

    /// A policy decided.
    pub(super) fn add(&mut self, policy: usize, kind: EvidenceKind, measured_days: Option<u32>) {
        let Some(of_policy) = self.by_policy.get_mut(policy) else { return };
        let found = of_policy.iter().position(|(other, place, _)| (*other, *place) == (kind, self.here));
        let at = found.unwrap_or_else(|| {
            of_policy.push((kind, self.here, Decided::default()));
            of_policy.len() - 1
        });
        if let Some((_, _, decided)) = of_policy.get_mut(at) {
            *decided = decided.and(Decided { verdicts: 1, measured_days });
        }
    }

    pub(super) fn into_grounds(self) -> Vec<Grounds> {
        let mut all = vec![Grounds::new(); self.by_policy.len()];
        for (grounds, counted) in all.iter_mut().zip(self.by_policy) {
            for (kind, place, decided) in counted {
                let place = self.places.get(place).cloned().unwrap_or_default();
                let sum: &mut Decided = grounds.entry((kind, place)).or_default();
                *sum = sum.and(decided);
            }
        }
        all
    }
}

impl Decided {
    /// Both together: as old as the older one.
    pub(super) fn and(self, other: Self) -> Self {
        Self { verdicts: self.verdicts + other.verdicts, measured_days: self.measured_days.max(other.measured_days) }
    }
}

/// How long ago it was that a restore was measured by which a policy goes. A lag is measured when it is read.
pub(super) fn measured_days(rules: &Rules, linked: Linked<'_>) -> Option<u32> {
    let of_a_restore = ["restore_test_age_days", "restore_seconds"];
    if !of_a_restore.iter().any(|fact| rules.joined.contains(*fact)) {
        return None;
    }
    let days = *linked.joined()?.restore_test_age_days.known()?;
    // Whole, never negative, and far from the bounds of the type.
    (days >= 0.0).then(|| days.min(36_500.0) as u32)
}
