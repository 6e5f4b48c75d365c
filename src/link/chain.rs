//! The backup chain of a resource: the way from the plan that selects it to a recovery point that can be restored in the
//! recovery place, link by link, so that a finding can name the one that breaks.

mod holds;
mod opens;
mod points;

use std::cmp::Reverse;

use super::copies::new_copies;
use super::edges::At;
use super::lookups::Selecting;
use super::opt_ins::opt_in_word;
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{ChainLink, DataCopy, Destination, Fact, PlanCopy, PlanRule, PointGap, Resource};
use crate::providers::aws::names;
use holds::{Holds, link};

const CHAIN: &str = "joined.backup_chain";
const GAP: &str = "joined.point_gap";

/// The links of a way, and the vault at its end, where it was found.
type Way<'a> = (Option<&'a Resource>, Vec<ChainLink>);

impl<'a> Estate<'a> {
    /// Fills the chain.
    pub(super) fn join_chain(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        draft.joined.backup_chain = Fact::Absent;
        draft.joined.copy_interval_minutes = Fact::Absent;
        draft.joined.point_gap = Fact::Absent;
        let resource = self.index.get(at);
        let info = resource.kind.info();
        let mut doubt = match recovery {
            _ if info.backup.is_none() || !info.is_stateful() => return,
            Recovery::Nowhere => return,
            // Code alone promises what it says.
            _ if resource.is_declared() => None,
            Recovery::Unclear(reason) => Some(reason.clone()),
            Recovery::At(_) => self.plans_unread(resource),
        };
        let nobody = Selecting::default();
        let selecting = self.selecting(at).unwrap_or(&nobody);
        let (mut chains, mut intervals) = (Vec::new(), Vec::new());
        let sure = selecting.sure.iter().map(|plan| (*plan, Some(true)));
        let off = selecting.off.iter().map(|plan| (*plan, Some(false)));
        let perhaps = selecting.perhaps.iter().map(|plan| (*plan, None));
        for (plan, selected) in sure.chain(off).chain(perhaps) {
            let plan = self.index.get(plan);
            let (ways, unread) = ways_there(plan, recovery);
            doubt = doubt.or_else(|| unread.filter(|_| selected != Some(false)));
            for (rule, copy) in ways {
                match selected {
                    Some(on) => {
                        intervals.extend(on.then(|| self.interval(plan, rule)));
                        // What has no vault has no such way.
                        if plan.kind != self.kinds.plan {
                            continue;
                        }
                        chains.push((plan, rule, self.chain(at, (plan, rule, copy), on, recovery)));
                    }
                    None => doubt = doubt.or_else(|| selecting.doubt.clone()),
                }
            }
        }
        self.join_interval(intervals, doubt.as_deref(), draft);
        let best = chains.into_iter().min_by_key(|(plan, _, (_, chain))| (held(chain), plan.id.clone()));
        let Some((plan, rule, (vault, mut chain))) = best else {
            if let Some(reason) = doubt {
                draft.joined.backup_chain = Fact::Unknown;
                draft.joined.point_gap = Fact::Unknown;
                draft.mark(CHAIN, reason.clone());
                draft.mark(GAP, reason);
            }
            return;
        };
        draft.rests_on("backup_chain", Some(plan));
        let is_usable =
            |copy: &DataCopy| (copy.in_recovery_place, copy.usable) == (Fact::Known(true), Fact::Known(true));
        let another = draft.joined.copies.known().into_iter().flatten().any(is_usable);
        for link in chain.iter_mut().filter(|link| !another && link.what.text() == Some("open")) {
            if link.holds == Fact::Known(false) {
                link.what = "shut".into();
            }
        }
        for link in chain.iter().filter(|link| link.holds.is_unknown()) {
            draft.mark(format!("{CHAIN}.holds"), link.why.text().unwrap_or_default().to_owned());
        }
        let is_broken = chain.iter().any(|link| link.holds != Fact::Known(true));
        if let Some(reason) = doubt.filter(|_| is_broken) {
            draft.mark(CHAIN, reason);
        }
        let unread = chain.iter().find(|link| link.holds.is_unknown() && !is_of_policies(link));
        let unread = unread.and_then(|link| link.why.text());
        let gap = match (vault.filter(|_| chain.iter().any(has_points)), unread) {
            (Some(vault), _) => self.point_gap(at, plan, rule, vault),
            (None, Some(reason)) => Err(reason.to_owned()),
            (None, None) => Ok(None),
        };
        draft.joined.point_gap = gap.map_or_else(
            |reason| {
                draft.mark(GAP, reason);
                Fact::Unknown
            },
            Fact::from_read,
        );
        draft.joined.backup_chain = Fact::Known(chain);
    }

    /// Why there may be plans that nobody has seen. What another workspace may declare promises nothing here.
    pub(super) fn plans_unread(&self, resource: &Resource) -> Option<String> {
        let Some(region) = resource.region() else { return Some("its region is not known".to_owned()) };
        let gap = self.plans_gap(resource, region)?;
        let is_of_a_workspace = matches!(gap, Gap::Row(row) if row.is_of_a_workspace());
        (!is_of_a_workspace).then(|| gap.sentence())
    }

    /// The longest time without a recovery point in the vault there. `Ok(None)`: there is none.
    fn point_gap(
        &self,
        at: At,
        plan: &Resource,
        rule: &PlanRule,
        vault: &Resource,
    ) -> Result<Option<PointGap>, String> {
        let (account, region) = (vault.account(), vault.region().unwrap_or_default());
        if let Some(gap) = self.seen.more(account, region, self.kinds.recovery_point) {
            return Err(gap.sentence());
        }
        let Some(interval) = self.interval(plan, rule)? else { return Ok(None) };
        let open = || format!("{}: how long a job may wait for its start is not known", plan.name);
        let window = rule.start_window_minutes.known().ok_or_else(open)?;
        self.longest_gap_of_points(at, vault, interval.saturating_add(u64::from(*window)))
    }

    /// Fills how often a copy is made at least. Where that is not known of one rule, it may be the one that copies most often.
    fn join_interval(&self, intervals: Vec<Result<Option<u64>, String>>, doubt: Option<&str>, draft: &mut Draft) {
        let unread = intervals.iter().find_map(|interval| interval.as_ref().err()).map(String::as_str).or(doubt);
        if let Some(reason) = unread {
            draft.joined.copy_interval_minutes = Fact::Unknown;
            draft.mark("joined.copy_interval_minutes", reason);
            return;
        }
        draft.joined.copy_interval_minutes = Fact::from_read(intervals.into_iter().flatten().flatten().min());
    }

    /// The longest time between two runs of a rule. `Ok(None)`: it has no schedule.
    fn interval(&self, plan: &Resource, rule: &PlanRule) -> Result<Option<u64>, String> {
        let name = rule.name.text().unwrap_or("without a name");
        let schedule = match &rule.schedule {
            Fact::Known(schedule) => schedule,
            Fact::Absent => return Ok(None),
            Fact::Unknown => return Err(format!("{}: the schedule of rule {name} is not known", plan.name)),
        };
        if rule.timezone.is_unknown() {
            return Err(format!("{}: the time zone of rule {name} is not known", plan.name));
        }
        let zone = rule.timezone.known().cloned();
        let gap = self.plans.gaps.get(&(schedule.clone(), zone)).copied().flatten();
        gap.map(Some).ok_or_else(|| format!("{}: the schedule '{schedule}' is not understood", plan.name))
    }

    /// The links from a plan by one copy action to the recovery place, and the vault there.
    fn chain(
        &self,
        at: At,
        (plan, rule, copy): (&Resource, &PlanRule, &PlanCopy),
        is_on: bool,
        recovery: &Recovery<'a>,
    ) -> Way<'a> {
        let resource = self.index.get(at);
        let mut chain = vec![link("selection", format!("plan {}", plan.name), Holds::Yes)];
        if let Some((word, _)) = opt_in_word(resource) {
            let region = plan.region().unwrap_or("its region");
            let off = || Holds::No(format!("the backup service is switched off for {word} in {region}"));
            chain.push(link("opt-in", format!("{word} switched on"), if is_on { Holds::Yes } else { off() }));
        }
        chain.push(link("rule", format!("rule {}", rule.name.text().unwrap_or("without a name")), Holds::Yes));
        let (region, account) = (copy.region.text().unwrap_or_default(), copy.account.text());
        let place = account.filter(|account| plan.account().is_some_and(|own| own != *account));
        let to = place.map_or_else(|| region.to_owned(), |account| format!("{account} {region}"));
        chain.push(link("copy", format!("copy {to}"), Holds::Yes));
        let name = copy.vault.text().map(names::tail);
        let label = format!("vault {}", name.unwrap_or("of the code"));
        let there =
            Destination { region: copy.region.clone(), account: copy.account.clone(), ..Destination::default() };
        let found = match copy.vault.text() {
            Some(vault) => self.find_vault(plan, vault, &there),
            None => Err(why(plan, "plan.rules")),
        };
        let vault = match found {
            Ok(Some(vault)) => vault,
            other => {
                let holds = other.map_or_else(Holds::Unclear, |_| Holds::No("it does not exist".to_owned()));
                chain.push(link("vault", label, holds));
                return (None, chain);
            }
        };
        chain.push(link("vault", label, Holds::Yes));
        chain.extend(lock(vault, copy));
        // By design: whether a copy came to be is a question for the running estate.
        let is_new = new_copies(plan).0.iter().any(|new| std::ptr::eq(*new, copy));
        let points = match (is_new || resource.is_declared(), recovery.target()) {
            (true, Some(target)) => vec![self.open_by_design(vault, &target)],
            (false, target) => self.points(at, vault, target.as_ref()),
            (true, None) => Vec::new(),
        };
        chain.extend(self.lets_in(plan, rule, vault, points.iter().any(has_points)));
        chain.extend(self.key_of_vault(vault));
        chain.extend(points);
        (Some(vault), chain)
    }

    /// The region of a key, where that is not the one of the vault: the service would refuse it, and it is lost with its region.
    fn lost_with<'k>(&'k self, vault: &'k Resource, name: &'k str) -> Option<&'k str> {
        let of_arn = || names::Arn::parse(name).and_then(|arn| arn.known_region());
        let region = self.key_of(vault, name).and_then(Resource::region).or_else(of_arn)?;
        vault.region().filter(|own| *own != region).map(|_| region)
    }

    fn key_of_vault(&self, vault: &Resource) -> Option<ChainLink> {
        let key = vault.encryption.as_ref().map_or(Fact::Unknown, |facts| facts.key.clone());
        let (name, holds) = match &key {
            Fact::Absent => return None,
            Fact::Unknown => ("of the vault", Holds::Unclear(why(vault, "encryption.key"))),
            Fact::Known(name) => match self.key_usable(vault, name) {
                _ if self.lost_with(vault, name).is_some() => {
                    let region = self.lost_with(vault, name).unwrap_or_default();
                    (names::tail(name), Holds::No(format!("it is in {region}, and not where the vault is")))
                }
                (Fact::Known(true), _) => (names::tail(name), Holds::Yes),
                (Fact::Known(false), _) => (names::tail(name), Holds::No("it cannot be used".to_owned())),
                // By design, as the vault itself.
                (_, _) if vault.is_declared() => (names::tail(name), Holds::Yes),
                (_, reason) => {
                    let reason = reason.unwrap_or_else(|| "whether it can be used is not known".to_owned());
                    (names::tail(name), Holds::Unclear(reason))
                }
            },
        };
        Some(link("key", format!("key {name}"), holds))
    }
}

/// The copy actions of a plan that lead to the recovery place, each with its rule; and why there may be more.
fn ways_there<'p>(plan: &'p Resource, recovery: &Recovery<'_>) -> (Vec<(&'p PlanRule, &'p PlanCopy)>, Option<String>) {
    const RULES: &str = "plan.rules";
    let (mut ways, mut unread) = (Vec::new(), None);
    let rules = plan.plan.as_ref().and_then(|facts| facts.rules.known());
    if rules.is_none() || plan.unknown.contains_key(RULES) {
        unread = Some(format!("{}: {}", plan.name, why(plan, RULES)));
    }
    for (number, rule) in rules.into_iter().flatten().enumerate() {
        if rule.copies.is_unknown() {
            unread =
                unread.or_else(|| Some(format!("{}: {}", plan.name, why(plan, &format!("{RULES}.{number}.copies")))));
        }
        for copy in rule.copies.known().into_iter().flatten() {
            match recovery.holds(copy.region.text(), copy.account.text(), true) {
                Fact::Known(true) => ways.push((rule, copy)),
                Fact::Known(false) => {}
                _ => {
                    let open = || format!("where a copy action of plan '{}' copies to is not known", plan.name);
                    unread = unread.or_else(|| Some(open()));
                }
            }
        }
    }
    (ways, unread)
}

/// Whether the lock of a vault takes what is copied there. Where it has none, it is no link.
fn lock(vault: &Resource, copy: &PlanCopy) -> Option<ChainLink> {
    let bounds = vault.protection.as_ref().map(|facts| (facts.lock_min_days, facts.lock_max_days));
    let (min, max) = bounds.unwrap_or_default();
    if let (Fact::Absent, Fact::Absent) = (&min, &max) {
        return None;
    }
    let kept = match &copy.delete_after_days {
        Fact::Known(days) => Some(*days),
        Fact::Absent => None,
        Fact::Unknown => {
            let open = "how long the copy is kept is not known".to_owned();
            return Some(link("lock", "lock".to_owned(), Holds::Unclear(open)));
        }
    };
    let said = kept.map_or_else(|| "for ever".to_owned(), |days| format!("{days} days"));
    let holds = match (min, max) {
        (Fact::Known(min), _) if kept.is_some_and(|days| days < min) => {
            Holds::No(format!("it takes at least {min} days, the copy is kept {said}"))
        }
        (_, Fact::Known(max)) if kept.is_none_or(|days| days > max) => {
            Holds::No(format!("it takes at most {max} days, the copy is kept {said}"))
        }
        (Fact::Unknown, _) => Holds::Unclear(why(vault, "protection.lock_min_days")),
        (_, Fact::Unknown) => Holds::Unclear(why(vault, "protection.lock_max_days")),
        _ => Holds::Yes,
    };
    Some(link("lock", "lock".to_owned(), holds))
}

/// How far a chain holds, the best first: one that holds to its end is better than a longer one that does not, and where two
/// break as late, one of which it is not known.
fn held(chain: &[ChainLink]) -> impl Ord + use<> {
    let held = chain.iter().take_while(|link| link.holds == Fact::Known(true)).count();
    let is_open = chain.get(held).is_none_or(|link| link.holds.is_unknown());
    (Reverse(held == chain.len()), Reverse(held), Reverse(is_open))
}

/// It is about what policies let whom do, and hides nothing that lies at the end of the way.
fn is_of_policies(link: &ChainLink) -> bool {
    matches!(link.what.text(), Some("vault-policy" | "open" | "shut"))
}

/// A recovery point was found at the end of the way.
fn has_points(link: &ChainLink) -> bool {
    link.what.text() == Some("recovery-point") && link.holds == Fact::Known(true)
}
