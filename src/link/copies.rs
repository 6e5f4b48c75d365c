//! Copies: what exists of a resource's data outside its region, by every mechanism.

mod sent;
mod states;
mod strays;

use super::edges::At;
use super::openings::Locked;
use super::peers::{End, Via};
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Action, DataCopy, Destination, Fact, Kind, Opening, PlanCopy, Rel, Resource, Timestamp};
use crate::providers::aws::names;
pub(super) use states::clean;
use states::{INFECTED, allows};

impl<'a> Estate<'a> {
    /// Fills the copies.
    pub(super) fn join_copies(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        let resource = self.index.get(at);
        if !resource.kind.info().is_stateful() {
            draft.joined.copies = Fact::Known(Vec::new());
            return;
        }
        let mut copies = Vec::new();
        for end in ends {
            if self.is_missing(resource, end) {
                let name = end.id.as_deref().unwrap_or_default();
                draft.mark("joined.copies", format!("'{name}' is named as a replica and was not found"));
                continue;
            }
            match elsewhere(resource, recovery, end.region, end.in_recovery_place(recovery)) {
                Some(true) => {
                    if is_declared(resource, end) {
                        draft.declared.insert("copies".to_owned());
                    }
                    copies.push(self.live_copy(resource, end, recovery));
                }
                Some(false) => {}
                None => draft.mark("joined.copies", "the region of a replica is not known".to_owned()),
            }
        }
        for point in self.index.from(at, Rel::BackupOf).map(|point| self.index.get(point)) {
            let Some(mechanism) = point.kind.info().mechanism else { continue };
            if is_older_than(point, resource) {
                let reason = format!("'{}' is older than the resource: it may be of another of that name", point.name);
                draft.mark("joined.copies", reason);
                continue;
            }
            let held = recovery.holds(point.region(), point.account(), false);
            match elsewhere(resource, recovery, point.region(), held) {
                Some(true) => {
                    draft.rests_on("copies", Some(point));
                    copies.push(self.stored_copy(point, mechanism, held, recovery, draft));
                }
                Some(false) => {}
                None => draft.mark("joined.copies", "the region of a backup is not known".to_owned()),
            }
        }
        self.copy_actions(at, recovery, &mut copies, draft);
        self.sent_copies(resource, recovery, &mut copies, draft);
        copies.sort_by(|a, b| (&a.region, &a.mechanism, &a.id).cmp(&(&b.region, &b.mechanism, &b.id)));
        draft.joined.copies = Fact::Known(copies);
        let seen_running = |end: &&End<'a>| !is_declared(resource, end);
        self.mark_unread(resource, ends.iter().filter(seen_running), "copies", &["usable"], &["state", "key"], draft);
        if let Some(reason) = self.copies_gap(at, recovery) {
            draft.mark("joined.copies", reason);
        }
    }

    /// Copies that a backup plan of the code will make, where nobody can have seen one yet: the plan, or this copy action
    /// of it, is not there before the change.
    fn copy_actions(&self, at: At, recovery: &Recovery<'a>, copies: &mut Vec<DataCopy>, draft: &mut Draft) {
        let resource = self.index.get(at);
        if let Some(reason) = self.doubt_about_copies(at) {
            draft.mark("joined.copies", reason);
        }
        for plan in self.plans_of(at).map(|plan| self.index.get(plan)) {
            let (new, unread) = new_copies(plan);
            if let Some(fact) = unread {
                draft.mark("joined.copies", format!("{}: {}", plan.name, why(plan, &fact)));
            }
            for copy in new {
                let (region, account) = (copy.region.text(), copy.account.text());
                let held = recovery.holds(region, account, false);
                // Two vaults whose ids are not known are not one.
                let is_there = |other: &DataCopy| copy.vault.is_known() && other.id == copy.vault;
                if copies.iter().any(is_there) {
                    continue;
                }
                match elsewhere(resource, recovery, region, held) {
                    Some(true) => {}
                    Some(false) => continue,
                    None => {
                        let reason = format!("where a copy action of plan '{}' copies to is not known", plan.name);
                        draft.mark("joined.copies", reason);
                        continue;
                    }
                }
                let vault = copy.vault.text().and_then(|id| self.index.by_id(id)).map(|at| self.index.get(at));
                let key = key_of(vault);
                let there = Destination {
                    region: copy.region.clone(),
                    account: copy.account.clone(),
                    ..Destination::default()
                };
                // The vault may not be there at all, or the same change takes it away.
                let is_missing = |id| matches!(self.find_vault(plan, id, &there), Ok(None));
                let lost = self.is_lost(vault, &key) || copy.vault.text().is_some_and(is_missing);
                let opening = match (held, vault.filter(|_| !lost), recovery.target()) {
                    (Fact::Known(true), Some(vault), Some(target)) => {
                        Fact::Known(self.opening(Locked { point: None, vault: Some(vault), key: &key }, &target))
                    }
                    _ => Fact::Absent,
                };
                note_opening(&opening, draft);
                draft.declared.insert("copies".to_owned());
                copies.push(DataCopy {
                    mechanism: "copy-action".into(),
                    id: copy.vault.clone(),
                    region: copy.region.clone(),
                    account: copy.account.clone(),
                    in_recovery_place: held,
                    state: Fact::Absent,
                    usable: Fact::Known(!lost && !is_shut(&opening)),
                    age_minutes: Fact::Unknown,
                    key,
                    opening,
                });
            }
        }
    }

    /// What is encrypted with a key that cannot be used.
    fn is_lost(&self, holder: Option<&Resource>, key: &Fact<String>) -> bool {
        holder.zip(key.text()).is_some_and(|(holder, key)| self.key_usable(holder, key).0 == Fact::Known(false))
    }

    /// The provider names it, and it is not among what was listed where it should be.
    fn is_missing(&self, resource: &Resource, end: &End<'_>) -> bool {
        let listed = |region| {
            self.kinds.live(resource.kind).iter().all(|kind| self.seen.gap(end.account, region, *kind).is_none())
        };
        end.resource.is_none() && end.via != Via::Provider && end.region.is_some_and(listed)
    }

    /// A live replica serves as long as its state says so; one whose key is going away does not serve in an outage.
    fn live_copy(&self, of: &Resource, end: &End<'_>, recovery: &Recovery<'a>) -> DataCopy {
        let key = key_of(end.resource);
        let lost = self.is_lost(end.resource, &key);
        DataCopy {
            mechanism: end.via.word().into(),
            id: Fact::from_known(end.id.clone()),
            region: Fact::from_known(end.region.map(str::to_owned)),
            account: Fact::from_known(end.account.map(str::to_owned)),
            in_recovery_place: end.in_recovery_place(recovery),
            state: end.state(),
            usable: match end.usable() {
                _ if lost => Fact::Known(false),
                // By design: whether it runs well is a question for the running estate.
                Fact::Unknown if is_declared(of, end) => Fact::Known(true),
                usable => usable,
            },
            age_minutes: Fact::Absent,
            key,
            opening: Fact::Absent,
        }
    }

    fn stored_copy(
        &self,
        point: &Resource,
        mechanism: &str,
        in_recovery_place: Fact<bool>,
        recovery: &Recovery<'a>,
        draft: &mut Draft,
    ) -> DataCopy {
        let state = point.status.as_ref().map_or(Fact::Unknown, |status| status.state.clone());
        let facts = point.recovery_point.as_deref();
        let taken = facts.map_or(Fact::Unknown, |facts| facts.taken_at);
        let (seen_at, key) = (self.seen_at(point), key_of(Some(point)));
        let (opens, reason) = match &key {
            Fact::Known(key) => self.key_usable(point, key),
            Fact::Absent => (Fact::Known(true), None),
            Fact::Unknown => (Fact::Unknown, Some(why(point, "encryption.key"))),
        };
        let there = match self.restorable(point) {
            Fact::Unknown if point.is_declared() => Fact::Known(true),
            there => there,
        };
        let clean = clean(point);
        let usable = Fact::all_of(&[there, opens, clean]);
        let opening = match recovery.target() {
            Some(target) if in_recovery_place == Fact::Known(true) && usable != Fact::Known(false) => {
                Fact::Known(self.opening_of(point, &key, &target))
            }
            _ => Fact::Absent,
        };
        if usable.is_unknown() {
            let open = if clean.is_unknown() { INFECTED } else { "status.state" };
            draft.mark("joined.copies.usable", reason.unwrap_or_else(|| why(point, open)));
        }
        // Only a live replica has no age. A stored copy has one, whether the provider tells it or not.
        let age_minutes = match taken {
            Fact::Known(taken) => Fact::Known(minutes_between(taken, seen_at)),
            Fact::Absent | Fact::Unknown => Fact::Unknown,
        };
        if age_minutes.is_unknown() {
            draft.mark("joined.copies.age_minutes", why(point, "recovery_point.taken_at"));
        }
        note_opening(&opening, draft);
        let usable = if is_shut(&opening) { Fact::Known(false) } else { usable };
        let state = if clean == Fact::Known(false) { "infected".into() } else { state };
        DataCopy {
            mechanism: mechanism.into(),
            id: Fact::Known(point.id.clone()),
            region: point.place.region.clone(),
            account: point.place.account.clone(),
            in_recovery_place,
            usable,
            state,
            age_minutes,
            key,
            opening,
        }
    }

    /// Whether a backup can be restored from: its state says so, and it was not due for deletion when it was seen.
    pub(super) fn restorable(&self, point: &Resource) -> Fact<bool> {
        let seen_at = self.seen_at(point);
        let due = point.recovery_point.as_ref().and_then(|facts| facts.deleted_at.known());
        let is_kept = due.is_none_or(|due| *due > seen_at);
        let allows = point.status.as_ref().map_or(Fact::Unknown, |status| allows(&status.state));
        Fact::all_of(&[allows, Fact::Known(is_kept)])
    }

    /// Why there may be more copies than were found: a place that was not seen in full, or a fact of the resource
    /// itself that names copies and is not known.
    fn copies_gap(&self, at: At, recovery: &Recovery<'a>) -> Option<String> {
        let resource = self.index.get(at);
        if let Recovery::Unclear(reason) = recovery {
            return Some(reason.clone());
        }
        if self.kinds.provider_replicated(resource.kind) {
            let path = "replication.regions";
            let known = resource.replication.as_ref().is_some_and(|replication| !replication.regions.is_unknown());
            if !known || resource.unknown.contains_key(path) {
                return Some(why(resource, path));
            }
        }
        let kinds = self.kinds.copies(resource.kind);
        self.search_gap(resource, recovery, kinds, false)
            .map(Gap::sentence)
            .or_else(|| self.global_gap(at))
            .or_else(|| self.stray(resource, kinds))
            .or_else(|| in_doubt(resource))
    }

    /// Why a search for something that stands in for a resource was not complete. It searches the recovery place and
    /// every region that coverage lists for the account; its own region only with `own_region_too`. Without a recovery
    /// place, anything could be anywhere, so every region of the account must have been collected.
    pub(super) fn search_gap<'s>(
        &'s self,
        resource: &'s Resource,
        recovery: &'s Recovery<'a>,
        kinds: &[Kind],
        own_region_too: bool,
    ) -> Option<Gap<'s>> {
        let (account, own) = (resource.account(), resource.region().unwrap_or_default());
        let but = if own_region_too { "" } else { own };
        let gap_at = |region, account| kinds.iter().find_map(|kind| self.seen.more(account, region, *kind));
        let in_recovery_place = match recovery {
            Recovery::At(target) => gap_at(target.region, target.account),
            // A replica waits in the recovery place for its source; it is not itself to come back.
            Recovery::Nowhere if self.is_standby(resource) => None,
            Recovery::Nowhere => names::always_enabled(resource.region(), &resource.id)
                .iter()
                .filter(|region| **region != but)
                .find_map(|region| gap_at(region, account)),
            Recovery::Unclear(_) => Some(Gap::Says("its recovery region is not known")),
        };
        in_recovery_place.or_else(|| kinds.iter().find_map(|kind| self.seen.more_in_regions(account, but, *kind)))
    }
}

/// Another end that code alone speaks of: the resource there, or the provider's own copy of one.
fn is_declared(of: &Resource, end: &End<'_>) -> bool {
    match end.resource {
        Some(resource) => resource.is_declared(),
        None => end.via == Via::Provider && (of.is_declared() || (of.is_planned() && !was_in(of, end.region))),
    }
}

/// Whether the provider may have kept a copy in that region before the change already.
fn was_in(of: &Resource, region: Option<&str>) -> bool {
    let before = of.before.as_ref().and_then(|before| before.replication.as_ref());
    before.is_some_and(|before| match &before.regions {
        Fact::Known(regions) => regions.iter().any(|had| Some(had.as_str()) == region),
        Fact::Absent => false,
        Fact::Unknown => true,
    })
}

/// The copy actions that a backup plan of the code has only after the change; and the fact that hides others, if one does.
pub(super) fn new_copies(plan: &Resource) -> (Vec<&PlanCopy>, Option<String>) {
    const RULES: &str = "plan.rules";
    if !plan.is_declared() && !plan.is_planned() {
        return (Vec::new(), None);
    }
    let where_to = |copy: &PlanCopy| (copy.vault.clone(), copy.region.clone());
    let before: Vec<_> = plan.before.iter().flat_map(|before| copies_of(before)).map(where_to).collect();
    let is_new = |copy: &&PlanCopy| plan.is_declared() || !before.contains(&where_to(copy));
    let unread = match plan.plan.as_ref().map(|facts| &facts.rules) {
        Some(Fact::Known(rules)) if !plan.unknown.contains_key(RULES) => {
            let at = rules.iter().position(|rule| rule.copies.is_unknown());
            at.map(|at| format!("{RULES}.{at}.copies"))
        }
        Some(Fact::Absent) => None,
        _ => Some(RULES.to_owned()),
    };
    (copies_of(plan).filter(is_new).collect(), unread)
}

/// The copy actions of a backup plan that are known.
fn copies_of(plan: &Resource) -> impl Iterator<Item = &PlanCopy> {
    let rules = plan.plan.iter().filter_map(|plan| plan.rules.known()).flatten();
    rules.filter_map(|rule| rule.copies.known()).flatten()
}

/// The change creates or replaces the resource: what was seen under its name belongs to its predecessor.
pub(super) fn is_made_now(resource: &Resource) -> bool {
    resource.change.as_ref().is_some_and(|change| match change.action {
        Action::Create => !change.importing,
        Action::Replace => true,
        Action::NoOp | Action::Update | Action::Delete | Action::Forget => false,
    })
}

/// The data of the backup is older than its resource: it belongs to a predecessor with the same name.
pub(super) fn is_older_than(point: &Resource, resource: &Resource) -> bool {
    if is_made_now(resource) && !point.is_declared() {
        return true;
    }
    let taken = point.recovery_point.as_ref().and_then(|facts| facts.taken_at.known());
    let created = resource.status.as_ref().and_then(|status| status.created_at.known());
    taken.zip(created).is_some_and(|(taken, created)| taken < created)
}

/// Whether something survives the loss of the resource's region: it is in another one, or in the recovery place.
/// `None`: it cannot be told.
pub(super) fn elsewhere(
    resource: &Resource,
    recovery: &Recovery<'_>,
    region: Option<&str>,
    held: Fact<bool>,
) -> Option<bool> {
    let (own, region) = (resource.region()?, region?);
    let same_region_recovery = recovery.target().is_some_and(|target| target.region == own);
    if own == region && same_region_recovery { held.into_known() } else { Some(own != region) }
}

/// Key that something is encrypted with; absent if it is not encrypted.
fn key_of(resource: Option<&Resource>) -> Fact<String> {
    let Some(encryption) = resource.and_then(|resource| resource.encryption.as_ref()) else { return Fact::Unknown };
    if encryption.enabled == Fact::Known(false) { Fact::Absent } else { encryption.key.clone() }
}

/// It is known that nobody may open it.
fn is_shut(opening: &Fact<Opening>) -> bool {
    opening.known().is_some_and(|opening| opening.opens == Fact::Known(false))
}

/// Why it is not known whether a copy may be opened.
fn note_opening(opening: &Fact<Opening>, draft: &mut Draft) {
    let open = opening.known().filter(|opening| opening.opens.is_unknown());
    if let Some(reason) = open.and_then(|opening| opening.why.text()) {
        draft.mark("joined.copies.opening.opens", reason);
    }
}

fn minutes_between(then: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(now.as_second().saturating_sub(then.as_second()) / 60).unwrap_or(0)
}

/// Why the code leaves open where its provider copies it to: some part of it may be of something else.
fn in_doubt(resource: &Resource) -> Option<String> {
    let path = "replication.regions";
    resource.unknown.get(path).filter(|reason| !reason.ends_with("elsewhere")).map(|_| why(resource, path))
}
