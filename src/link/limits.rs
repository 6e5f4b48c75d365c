//! What an account is allowed in a recovery place: whether the region is enabled, and what its organization denies there.

use std::collections::BTreeSet;

use super::edges::At;
use super::index::place;
use super::lookups::Occupied;
use super::place::{Recovery, Target};
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Class, Denial, Fact, GuardRail, Kind, RegionRule, Resource};
use crate::text::wildcard::matches;

const NEEDED: &str = "joined.needed_in_recovery";
const DENIALS: &str = "joined.denials";

impl<'a> Estate<'a> {
    /// Finds what is used where, if there are regions to judge by it.
    pub(super) fn occupied(&self) -> Occupied<'a> {
        let mut occupied = Occupied::new();
        if self.index.of_kind(self.kinds.region).is_empty() {
            return occupied;
        }
        for kind in Kind::all().filter(|kind| is_asked_for(*kind)) {
            for at in self.index.of_kind(kind) {
                let services = occupied.entry(place(self.index.get(*at))).or_default();
                services.extend(services_of(kind));
            }
        }
        occupied
    }

    /// Fills whether anything in a region comes back elsewhere, and what is denied there.
    pub(super) fn join_region(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let region = self.index.get(at);
        if region.kind != self.kinds.region {
            return;
        }
        let used = self.occupied.get(&place(region));
        let (account, name) = (region.account(), region.region().unwrap_or_default());
        match (recovery, used) {
            (Recovery::Nowhere, _) => draft.joined.needed_in_recovery = Fact::Known(false),
            (_, Some(_)) => draft.joined.needed_in_recovery = Fact::Known(true),
            (_, None) => match self.seen.any_gap(account, name, &is_asked_for) {
                Some(gap) => draft.mark(NEEDED, gap.sentence()),
                None => draft.joined.needed_in_recovery = Fact::Known(false),
            },
        }
        match recovery {
            Recovery::Nowhere => draft.joined.denials = Fact::Absent,
            Recovery::Unclear(reason) => draft.mark(DENIALS, reason.clone()),
            Recovery::At(target) => {
                let nothing = BTreeSet::new();
                self.join_denials(target, used.unwrap_or(&nothing), draft);
            }
        }
    }

    fn join_denials(&self, target: &Target<'a>, used: &BTreeSet<&'static str>, draft: &mut Draft) {
        let Some(account) = target.account else { return draft.mark(DENIALS, "its account is not known") };
        let (management, doubt) = self.above(account);
        let mut doubt = doubt;
        let mut denials = Vec::new();
        for at in self.index.of_kind(self.kinds.organization_policy) {
            let policy = self.index.get(*at);
            let Some(facts) = &policy.guard_rail else { continue };
            let is_above = match &facts.accounts {
                Fact::Known(accounts) => accounts.iter().any(|above| above == account),
                // What it is attached to was not asked where it says nothing, or could not be.
                Fact::Absent | Fact::Unknown => policy.account() == management,
            };
            if !is_above {
                continue;
            }
            for (path, is_unknown) in in_doubt(policy, facts) {
                if is_unknown {
                    doubt = doubt.or_else(|| Some(format!("policy '{}': {}", policy.name, why(policy, path))));
                }
            }
            let rules = facts.regions.known().into_iter().flatten();
            for rule in rules.filter(|rule| shuts_out(rule, target.region)) {
                if facts.accounts.is_known() {
                    denials.extend(denial(policy, rule, used, draft));
                }
            }
        }
        denials.sort_by(|a: &Denial, b: &Denial| (a.policy.text(), a.at.text()).cmp(&(b.policy.text(), b.at.text())));
        draft.joined.denials = Fact::Known(denials);
        if let Some(reason) = doubt {
            draft.mark(DENIALS, reason);
        }
    }

    /// The management account of an account's organization, and why not all policies above the account are known.
    fn above(&self, account: &'a str) -> (Option<&'a str>, Option<String>) {
        let own = self.seen.gap(Some(account), "", self.kinds.organization_policy).map(Gap::sentence);
        let holds = |at: &&At| {
            let facts = self.index.get(**at).guard_rail.as_ref();
            let accounts = facts.and_then(|facts| facts.accounts.known());
            accounts.is_some_and(|accounts| accounts.iter().any(|one| one == account))
        };
        let organization = self.index.of_kind(self.kinds.organization).iter().find(holds);
        match organization.and_then(|at| self.index.get(*at).account()) {
            // Delegated administrators may ask as well as the management account.
            Some(management) if own.is_none() => (Some(management), None),
            Some(management) => {
                let gap = self.seen.gap(Some(management), "", self.kinds.organization_policy).map(Gap::sentence);
                (Some(management), gap)
            }
            // Its own account could be asked, and is in no organization.
            None => (None, own),
        }
    }
}

/// Facts of a policy that could hide a denial, and whether they are not known.
fn in_doubt(policy: &Resource, facts: &GuardRail) -> [(&'static str, bool); 2] {
    let says_something = facts.regions.known().is_none_or(|rules| !rules.is_empty());
    [
        ("guard_rail.regions", facts.regions.is_unknown() || policy.unknown.contains_key("guard_rail.regions")),
        ("guard_rail.accounts", facts.accounts.is_unknown() && says_something),
    ]
}

/// Whether a statement shuts a region out.
pub(super) fn shuts_out(rule: &RegionRule, region: &str) -> bool {
    let names = rule.regions.known().into_iter().flatten().any(|pattern| matches(pattern, region));
    names == (rule.shuts_out_named == Fact::Known(true))
}

/// What of what is used a statement denies.
fn denial(policy: &Resource, rule: &RegionRule, used: &BTreeSet<&'static str>, draft: &mut Draft) -> Option<Denial> {
    let (denied, spared) = (rule.services.known()?, rule.spared.known()?);
    let is_denied = |service: &&&str| {
        denied.iter().any(|one| matches(one, service)) && !spared.iter().any(|one| matches(one, service))
    };
    let services: Vec<String> = used.iter().filter(is_denied).map(|service| (*service).to_owned()).collect();
    if services.is_empty() {
        return None;
    }
    if let Some(unless) = rule.unless.text() {
        let at = rule.at.text().unwrap_or_default();
        draft.mark("joined.denials.certain", format!("{at} asks for {unless}, which depends on the request"));
    }
    Some(Denial {
        policy: policy.id.clone().into(),
        at: rule.at.clone(),
        services: Fact::Known(services),
        value: rule.value.clone(),
        certain: if rule.unless.is_absent() { Fact::Known(true) } else { Fact::Unknown },
        unless: rule.unless.clone(),
    })
}

/// It is to come back: it holds data, or runs.
pub(super) fn is_asked_for(kind: Kind) -> bool {
    kind.info().is_stateful() || kind.info().is_compute() || kind.info().class == Class::Secret
}

/// The services that bringing back something of a kind calls, by the prefix of their actions.
fn services_of(kind: Kind) -> impl Iterator<Item = &'static str> {
    let own = kind.name().split('.').nth(1).unwrap_or_default();
    let own = match own {
        "docdb" | "neptune" => "rds",
        "efs" => "elasticfilesystem",
        own => own,
    };
    let class = kind.info().class;
    // Machines and what they stand in are EC2's.
    let machines = matches!(class, Class::ScalingGroup | Class::KubernetesCluster | Class::NodeGroup);
    [own].into_iter().chain(machines.then_some("ec2"))
}
