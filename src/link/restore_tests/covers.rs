//! Whether a plan that restores for a test comes to a resource: one of its selections takes it, and one of its recovery
//! points is among those that the plan restores from.

use std::collections::BTreeSet;

use super::super::backups::{has_tag, is_tagged_in_part};
use super::super::copies::is_older_than;
use super::super::edges::At;
use super::super::place::Recovery;
use super::super::seen::Gap;
use super::super::{Draft, Estate};
use super::unread;
use crate::model::{Fact, Rel, Resource, RestoreMiss, RestoreSelection, RestoreTesting};
use crate::providers::aws::names;
use crate::text::wildcard;

const COVERED: &str = "joined.restore_covered";

/// What a plan makes of a resource.
enum Comes {
    Yes,
    No(String),
    Unclear(String),
}

impl<'a> Estate<'a> {
    /// Fills whether a restore testing plan comes to a resource.
    pub(super) fn join_restore_cover(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let resource = self.index.get(at);
        let mut doubt = self.tests_unread(resource, recovery);
        let (mut misses, mut near, mut covered) = (BTreeSet::new(), false, false);
        for plan in self.index.of_kind(self.kinds.restore_testing_plan).iter().map(|at| self.index.get(*at)) {
            let is_near = self.is_near(plan, resource, recovery);
            if is_near == Some(false) && !self.points_beside(at, plan).any(|_| true) {
                continue;
            }
            near |= is_near == Some(true);
            match self.comes(at, plan) {
                Comes::Yes if is_near.is_some() => {
                    covered = true;
                    draft.rests_on("restore_covered", Some(plan));
                }
                Comes::Yes => doubt = doubt.or_else(|| Some(unread(plan, "place.account"))),
                Comes::No(why) if is_near == Some(true) => drop(misses.insert((plan.name.clone(), why))),
                Comes::No(_) => {}
                Comes::Unclear(reason) => doubt = doubt.or(Some(reason)),
            }
        }
        let miss = |(plan, why): (String, String)| RestoreMiss { plan: plan.into(), why: why.into() };
        draft.joined.restore_misses = Fact::Known(misses.into_iter().map(miss).collect());
        draft.joined.restore_covered = match doubt.filter(|_| !covered) {
            Some(reason) => {
                draft.mark(COVERED, reason);
                Fact::Unknown
            }
            None if covered || near => Fact::Known(covered),
            None => Fact::Absent,
        };
        if draft.joined.restore_covered == Fact::Known(false) && resource.is_declared() {
            draft.declared.insert("restore_covered".to_owned());
        }
    }

    /// Why there may be restore testing plans where they would have to be that nobody has seen. Code alone promises what it
    /// says, and what another workspace may declare promises nothing here.
    fn tests_unread(&self, resource: &Resource, recovery: &Recovery<'a>) -> Option<String> {
        if resource.is_declared() {
            return None;
        }
        let kind = self.kinds.restore_testing_plan;
        let own = match resource.region() {
            Some(region) => self.seen.more(resource.account(), region, kind),
            None => Some(Gap::Says("its region is not known")),
        };
        let there = match recovery {
            Recovery::At(target) => self.seen.more(target.account, target.region, kind),
            Recovery::Nowhere => None,
            Recovery::Unclear(reason) => return Some(reason.clone()),
        };
        let is_of_a_workspace = |gap: &Gap<'_>| matches!(gap, Gap::Row(row) if row.is_of_a_workspace());
        own.into_iter().chain(there).find(|gap| !is_of_a_workspace(gap)).map(Gap::sentence)
    }

    /// The plan is where the resource is, or where it comes back. `None`: it is not known.
    fn is_near(&self, plan: &Resource, resource: &Resource, recovery: &Recovery<'a>) -> Option<bool> {
        let target = recovery.target();
        let places = [(resource.region(), resource.account())].into_iter();
        let places = places.chain(target.map(|target| (Some(target.region), target.account)));
        let beside = places.map(|(region, account)| {
            let region = plan.region().zip(region).map(|(one, other)| one == other);
            let account = match plan.account().zip(account) {
                Some((one, other)) => Some(one == other),
                // Stacks that do not tell their accounts each stand for one of their own.
                None if plan.account().is_none() && account.is_none() => {
                    Some(plan.origin.stack == resource.origin.stack)
                }
                None => None,
            };
            match (region, account) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            }
        });
        let found: Vec<_> = beside.collect();
        match (found.contains(&Some(true)), found.contains(&None)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    /// The recovery points of a resource in the account and region of a plan, which restores from no others.
    fn points_beside<'s>(&'s self, at: At, plan: &'s Resource) -> impl Iterator<Item = &'a Resource> + use<'a, 's> {
        let resource = self.index.get(at);
        let points = self.index.from(at, Rel::BackupOf).map(|point| self.index.get(point));
        points.filter(move |point| {
            point.kind == self.kinds.recovery_point
                && (point.account(), point.region()) == (plan.account(), plan.region())
                && !is_older_than(point, resource)
        })
    }

    /// Whether a plan restores a resource.
    fn comes(&self, at: At, plan: &Resource) -> Comes {
        const SELECTIONS: &str = "restore_testing.selections";
        let resource = self.index.get(at);
        let facts = plan.restore_testing.as_deref();
        let Some((facts, selections)) = facts.and_then(|facts| Some((facts, facts.selections.known()?))) else {
            return Comes::Unclear(unread(plan, SELECTIONS));
        };
        let mut doubt = plan.unknown.contains_key(SELECTIONS).then(|| unread(plan, SELECTIONS));
        // The selection that comes nearest says why.
        let mut why = (0, "restores nothing".to_owned());
        for selection in selections {
            match selects(selection, resource, plan) {
                Comes::Yes => match self.finds(at, plan, facts) {
                    Comes::Yes => return Comes::Yes,
                    Comes::No(reason) => why = why.max((4, reason)),
                    Comes::Unclear(reason) => doubt = doubt.or(Some(reason)),
                },
                Comes::No(reason) => why = why.max((rank(&reason), reason)),
                Comes::Unclear(reason) => doubt = doubt.or(Some(reason)),
            }
        }
        doubt.map_or(Comes::No(why.1), Comes::Unclear)
    }

    /// Whether a recovery point of a resource is among those that a plan restores from.
    fn finds(&self, at: At, plan: &Resource, facts: &RestoreTesting) -> Comes {
        if self.index.get(at).is_declared() || plan.is_declared() {
            return self.finds_by_design(at, plan, facts);
        }
        let region = plan.region().unwrap_or("its region");
        let (mut any, mut doubt) = (false, None);
        for point in self.points_beside(at, plan) {
            any = true;
            let vault = point.links.iter().find(|link| link.rel == Rel::StoredIn).map(|link| link.to.as_str());
            let fits = [
                self.restorable(point),
                vault_fits(facts, vault),
                method_fits(facts, point),
                self.is_young(facts, point),
            ];
            match Fact::all_of(&fits) {
                Fact::Known(true) => return Comes::Yes,
                Fact::Known(false) | Fact::Absent => {}
                Fact::Unknown => {
                    let open = || format!("whether {} restores recovery point {} is not known", plan.name, point.name);
                    doubt = doubt.or_else(|| Some(open()));
                }
            }
        }
        let gap = self.seen.more(plan.account(), region, self.kinds.recovery_point).map(Gap::sentence);
        match doubt.or(gap) {
            Some(reason) => Comes::Unclear(reason),
            None if any => Comes::No(format!("finds none of its recovery points in {region} by vault, type and age")),
            None => Comes::No(format!("finds no recovery point of it in {region}")),
        }
    }

    /// The same by what code says: whether one of the vaults that it is backed up to is one of the plan's.
    fn finds_by_design(&self, at: At, plan: &Resource, facts: &RestoreTesting) -> Comes {
        let open = || Comes::Unclear(format!("from which vaults {} restores is not known", plan.name));
        // What is backed up continuously, code does not say of a vault.
        let takes_snapshots = facts.point_types.known().is_some_and(|types| types.iter().any(|one| one == "snapshot"));
        if !takes_snapshots {
            return Comes::Unclear(format!("whether {} restores what is backed up is not known", plan.name));
        }
        let fits = |vault: &String| vault_fits(facts, Some(vault)) == Fact::Known(true);
        match self.vaults_of(at, plan) {
            Some(vaults) if vaults.iter().any(fits) => Comes::Yes,
            Some(vaults) if !vaults.is_empty() => {
                let names: Vec<_> = vaults.iter().map(|vault| names::tail(vault)).collect();
                Comes::No(format!("restores from no vault that it is backed up to: {}", names.join(", ")))
            }
            _ => open(),
        }
    }

    /// Ids of the vaults beside a plan that backup plans write a resource to. `None`: there may be others.
    fn vaults_of(&self, at: At, tests: &Resource) -> Option<Vec<String>> {
        let selecting = self.selecting(at)?;
        if selecting.doubt.is_some() {
            return None;
        }
        let mut found = BTreeSet::new();
        for plan in selecting.sure.iter().copied() {
            for rel in [Rel::StoredIn, Rel::CopiesTo] {
                for vault in self.index.to(plan, rel).map(|vault| self.index.get(vault)) {
                    if (vault.account(), vault.region()) == (tests.account(), tests.region()) {
                        found.insert(vault.id.clone());
                    }
                }
            }
        }
        Some(found.into_iter().collect())
    }

    fn is_young(&self, facts: &RestoreTesting, point: &Resource) -> Fact<bool> {
        let taken = point.recovery_point.as_ref().and_then(|facts| facts.taken_at.known());
        let (Some(days), Some(taken)) = (facts.window_days.known(), taken) else { return Fact::Unknown };
        let age = self.seen_at(point).as_second().saturating_sub(taken.as_second());
        Fact::Known(age <= i64::from(*days) * 86_400)
    }
}

/// Whether a selection takes a resource, by its type, its ARN and its tags.
fn selects(selection: &RestoreSelection, resource: &Resource, plan: &Resource) -> Comes {
    let name = selection.name.text().unwrap_or("without a name");
    let open = |what: &str| Comes::Unclear(format!("{} of selection '{name}' of {} is not known", what, plan.name));
    let own = types(resource);
    match selection.resource_type.text() {
        None => return open("the type"),
        Some(wanted) if !own.contains(&wanted) => return Comes::No(format!("restores no {}", own.join(" or "))),
        Some(_) if own.len() > 1 => return open("whether the type"),
        Some(_) => {}
    }
    match &selection.resources {
        Fact::Known(ids) if ids.is_empty() => {}
        Fact::Known(ids) => {
            let address = resource.origin.scoped_address();
            let is_it = |id: &String| wildcard::matches(id, &resource.id) || address.as_deref() == Some(id.as_str());
            // Before the resource exists it has no ARN that one of these could be.
            let comparable = resource.id.starts_with("arn:") || ids.iter().all(|id| !id.starts_with("arn:"));
            match ids.iter().any(is_it) {
                true => {}
                false if comparable => return Comes::No("restores others by name, and not it".to_owned()),
                false => return open("whether one of the ARNs"),
            }
        }
        Fact::Absent => {}
        Fact::Unknown => return open("what the ARNs"),
    }
    // Tags are of the account of the resource, and another account does not see them.
    let is_own = resource.account().zip(plan.account()).is_none_or(|(own, there)| own == there);
    match by_tags(selection, resource).filter(|_| is_own || is_unconditional(selection)) {
        Some(true) => Comes::Yes,
        Some(false) => Comes::No("restores what has other tags".to_owned()),
        None => open("whether its tags meet the conditions"),
    }
}

fn is_unconditional(selection: &RestoreSelection) -> bool {
    [&selection.tagged, &selection.not_tagged].iter().all(|list| list.known().is_some_and(Vec::is_empty))
}

/// Whether the tags of a resource meet the conditions. How AWS takes several that do not agree is not told.
fn by_tags(selection: &RestoreSelection, resource: &Resource) -> Option<bool> {
    let (wanted, unwanted) = (selection.tagged.known()?, selection.not_tagged.known()?);
    if wanted.is_empty() && unwanted.is_empty() {
        return Some(true);
    }
    let tags = match &resource.tags {
        Fact::Known(tags) if !is_tagged_in_part(resource) => Some(tags),
        Fact::Absent => None,
        _ => return None,
    };
    let has = |pair: &String| tags.is_some_and(|tags| has_tag(tags, pair));
    let meets: Vec<bool> = wanted.iter().map(has).chain(unwanted.iter().map(|pair| !has(pair))).collect();
    match (meets.contains(&true), meets.contains(&false)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// What the backup service may call the type of a resource.
fn types(resource: &Resource) -> Vec<&'static str> {
    let rows = resource.kind.info().backup.map_or(&[][..], |backup| backup.opt_in);
    let topology = resource.database.as_ref().map_or(Fact::Unknown, |facts| facts.topology.clone());
    let is_open = topology.is_unknown() && rows.iter().any(|row| row.topology.is_some());
    let fits = rows.iter().filter(|row| is_open || row.topology.is_none_or(|wanted| topology.text() == Some(wanted)));
    let mut words: Vec<_> = fits.map(|row| row.word).collect();
    words.truncate(if is_open { rows.len() } else { 1 });
    words
}

/// How near a selection came that does not take a resource.
fn rank(reason: &str) -> u8 {
    match reason {
        "restores what has other tags" => 3,
        "restores others by name, and not it" => 2,
        _ => 1,
    }
}

/// Whether a plan restores from a vault.
fn vault_fits(facts: &RestoreTesting, vault: Option<&str>) -> Fact<bool> {
    let (Some(included), Some(excluded)) = (facts.included_vaults.known(), facts.excluded_vaults.known()) else {
        return Fact::Unknown;
    };
    if included.iter().any(|pattern| pattern == "*") && excluded.is_empty() {
        return Fact::Known(true);
    }
    let Some(vault) = vault else { return Fact::Unknown };
    let is_one = |list: &[String]| list.iter().any(|pattern| wildcard::matches(pattern, vault));
    Fact::Known(is_one(included) && !is_one(excluded))
}

/// Whether a plan restores points of that method.
fn method_fits(facts: &RestoreTesting, point: &Resource) -> Fact<bool> {
    let method = point.recovery_point.as_ref().and_then(|facts| facts.method.text());
    match (facts.point_types.known(), method) {
        (Some(types), Some(method)) => Fact::Known(types.iter().any(|it| it == method)),
        _ => Fact::Unknown,
    }
}
