//! The sentence that a report about a change begins with: the worst that the change does, to what, and where.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::{Identity, former_identity, identity};
use crate::assess::JudgedEstate;
use crate::model::{Action, DataCopy, Location, Planned, Resource, title};
use crate::result::{ChangeSummary, Finding, Outcome};
use crate::text;
use crate::text::count;

/// What the sentence looks at.
pub(super) struct Story<'a> {
    after: JudgedEstate<'a>,
    /// Identity → the resource before the change.
    was: HashMap<Identity<'a>, &'a Resource>,
    /// Identity before the change → the resource after it.
    is: HashMap<Identity<'a>, &'a Resource>,
    /// Id before the change → the resource after it.
    by_former_id: HashMap<&'a str, &'a Resource>,
    /// Id → the resource after the change.
    by_id: HashMap<&'a str, &'a Resource>,
    /// Id of a copy → whose copy it was.
    sources: HashMap<&'a str, Vec<&'a Resource>>,
}

/// What the change takes from the recovery of something, in words.
struct Loss {
    /// `deletes orders-db-replica, the only copy of orders-db in us-west-2 that this plan knows of`.
    deed: String,
    /// Where, if the resource itself is in the code no more.
    at: Option<Location>,
    /// The plan that does it, where that is not the plan of the resource.
    by: Option<String>,
}

impl<'a> Story<'a> {
    pub(super) fn new(after: JudgedEstate<'a>, before: JudgedEstate<'a>) -> Self {
        let was: HashMap<_, _> =
            before.inventory.resources.iter().map(|resource| (identity(resource), resource)).collect();
        let all = after.inventory.resources.iter();
        let is: HashMap<_, _> = all.filter_map(|resource| Some((former_identity(resource)?, resource))).collect();
        let by_id = after.inventory.resources.iter().map(|resource| (resource.id.as_str(), resource)).collect();
        let follow = |resource: &'a Resource| Some((resource.id.as_str(), *is.get(&identity(resource))?));
        let by_former_id = before.inventory.resources.iter().filter_map(follow).collect();
        let mut sources: HashMap<&str, Vec<&Resource>> = HashMap::new();
        for resource in &before.inventory.resources {
            for id in copies(resource).iter().filter_map(|copy| copy.id.text()) {
                sources.entry(id).or_default().push(resource);
            }
        }
        Self { after, was, is, by_former_id, by_id, sources }
    }

    /// What is said of a change: `introduces 2 problems …`. `of`: the plan that it is one of several of, else all of it is
    /// meant. The numbers in it are those of the summary, so that no other line of the report says another one.
    pub(super) fn told(
        &self,
        of: Option<&str>,
        findings: &[&Finding],
        summary: &ChangeSummary,
        judged: bool,
        doubt: Option<String>,
    ) -> String {
        let introduced: Vec<_> = findings
            .iter()
            .copied()
            .filter(|finding| finding.outcome == Outcome::Fail && finding.is_introduced())
            .collect();
        let losses: Vec<_> = introduced.iter().map(|finding| self.loss(finding)).collect();
        let rank = |(finding, loss): &(&&Finding, &Option<Loss>)| {
            let Finding { blocker, severity, resource, policy, .. } = **finding;
            (!blocker, Reverse(*severity), loss.is_none(), resource.id.clone(), *policy)
        };
        let Some((worst, loss)) = introduced.iter().zip(&losses).min_by_key(rank) else {
            return without_a_problem(findings, summary, judged, doubt);
        };
        let lead = match loss {
            Some(loss) if !worst.blocker => loss.deed.clone(),
            _ => self.harm(worst, loss.as_ref(), of),
        };
        let at = worst.location.as_deref().or_else(|| loss.as_ref()?.at.as_ref());
        format!("{lead}{}{}", at.map(place).unwrap_or_default(), tail(summary))
    }

    /// What a failed policy means for its resource, and why.
    fn harm(&self, worst: &Finding, loss: Option<&Loss>, of: Option<&str>) -> String {
        let name = &worst.resource.name;
        let resource = self.resource(worst);
        let is_new = resource.is_some_and(|resource| former_identity(resource).is_none());
        let by = loss.and_then(|loss| loss.by.as_deref());
        let doer = by.map_or_else(|| "it".to_owned(), |plan| format!("plan {plan}"));
        let cause = loss.map_or_else(|| worst.message.clone(), |loss| format!("{doer} {}", loss.deed));
        if of.is_some_and(|own| by.is_some_and(|by| by != own)) && worst.blocker && !is_new {
            return format!("{name} becomes unrecoverable{}: {cause}", elsewhere(worst, resource));
        }
        match (worst.blocker, is_new) {
            (false, false) => format!("weakens the recovery of {name}: {cause}"),
            (false, true) => format!("adds {name}, whose recovery has a gap: {cause}"),
            (true, false) => format!("makes {name} unrecoverable{}: {cause}", elsewhere(worst, resource)),
            (true, true) => format!("adds {name}, which is unrecoverable{}: {cause}", elsewhere(worst, resource)),
        }
    }

    fn resource(&self, finding: &Finding) -> Option<&'a Resource> {
        self.by_id.get(finding.resource.id.as_str()).copied()
    }

    /// What the resource of a finding takes away from others, or what is taken away from it.
    fn loss(&self, finding: &Finding) -> Option<Loss> {
        let resource = self.resource(finding)?;
        let was = *self.was.get(&former_identity(resource)?)?;
        if finding.blocker && finding.evidence.fact.as_deref() == Some("joined.copies") {
            return self.of_the_source(resource, was);
        }
        self.of_others(resource, was)
            .or_else(|| self.of_its_own(resource, was))
            .or_else(|| self.of_a_plan(resource, was))
            .or_else(|| self.of_a_key(resource, was))
    }

    /// A source that has no usable copy any more.
    fn of_the_source(&self, source: &Resource, was: &Resource) -> Option<Loss> {
        let gone = self.lost_copies(source, was);
        let takers: Vec<_> = gone.iter().filter_map(|copy| self.by_former_id.get(copy.id.text()?)).collect();
        let names: BTreeSet<_> = takers.iter().map(|taker| taker.name.clone()).collect();
        let names: Vec<_> = names.into_iter().collect();
        let deed = deed(takers.first()?);
        let only = if names.len() == 1 { "its only copy there" } else { "its only copies" };
        let at = takers.iter().find_map(|taker| taker.origin.location.clone());
        let by = takers
            .first()
            .and_then(|taker| taker.origin.stack.clone())
            .filter(|by| source.origin.stack.as_ref() != Some(by));
        Some(Loss { deed: format!("{deed} {}, {only}", text::list(&names)), at, by })
    }

    /// A replica or a stored copy that goes.
    fn of_others(&self, taker: &Resource, was: &Resource) -> Option<Loss> {
        let action = taker.change.as_ref()?.action;
        // It is the others that are copies of a primary.
        if was.replication.as_ref().is_some_and(|replication| replication.role.text() == Some("primary")) {
            return None;
        }
        let named = |source: &str, region: Option<&str>| {
            let region = region.or_else(|| was.region()).map(|region| format!(" in {region}")).unwrap_or_default();
            format!("copy of {source}{region}")
        };
        let source = self.sources.get(was.id.as_str()).into_iter().flatten().find_map(|source| {
            let is = *self.is.get(&identity(source))?;
            let copy = copies(source).iter().find(|copy| copy.id.text() == Some(&was.id))?;
            (!is.is_deleted()).then_some((*source, is, copy))
        });
        let Some((source, is, copy)) = source else {
            // Its source is in another workspace, so that this plan cannot say what else there is.
            let peer = was.joined.as_ref().and_then(|joined| joined.source.known())?;
            let name = peer.name.text()?;
            return Some(Loss {
                deed: format!("{} {}, a {}", deed(taker), taker.name, named(name, None)),
                at: None,
                by: None,
            });
        };
        let what = named(&source.name, copy.region.text());
        let left = copies(is).iter().filter(|left| left.region == copy.region);
        let left = left.filter(|left| left.id.text() != Some(&taker.id)).count();
        let what = match (left, action) {
            (0, _) => format!("the only {what}{}", self.as_far_as_known(is)),
            _ => format!("a {what}"),
        };
        let at = is.origin.location.clone();
        Some(Loss { deed: format!("{} {}, {what}", deed(taker), taker.name), at, by: None })
    }

    /// A copy that the provider keeps.
    fn of_its_own(&self, resource: &Resource, was: &Resource) -> Option<Loss> {
        let regions = |resource: &Resource| {
            resource.replication.as_ref().and_then(|replication| replication.regions.known().cloned())
        };
        let left = regions(resource)?;
        let mut gone = regions(was)?;
        gone.retain(|region| !left.contains(region));
        if gone.is_empty() || resource.is_deleted() {
            return None;
        }
        let name = &resource.name;
        let deed = if matches!(resource.kind.name(), "aws.efs.filesystem" | "aws.s3.bucket") {
            format!("ends the replication of {name} to {}", text::list(&gone))
        } else {
            format!("removes the replica of {name} in {}", text::list(&gone))
        };
        Some(Loss { deed, at: None, by: None })
    }

    /// Copies of recovery points that a backup plan makes no more.
    fn of_a_plan(&self, plan: &Resource, was: &Resource) -> Option<Loss> {
        let targets = |resource: &Resource| -> BTreeSet<String> {
            let rules = resource.plan.iter().filter_map(|plan| plan.rules.known()).flatten();
            let copies = rules.filter_map(|rule| rule.copies.known().cloned()).flatten();
            copies.filter_map(|copy| copy.region.text().map(str::to_owned)).collect()
        };
        let mut gone = targets(was);
        if !plan.is_deleted() {
            let left = targets(plan);
            gone.retain(|region| !left.contains(region));
        }
        let regions: Vec<_> = gone.into_iter().collect();
        if regions.is_empty() {
            return None;
        }
        let selects = |resource: &&&Resource| {
            let plans = resource.joined.as_ref().and_then(|joined| joined.backup_plans.known());
            resource.place == was.place && plans.is_some_and(|plans| plans.contains(&was.name))
        };
        let mut sources: Vec<_> = self.was.values().filter(selects).map(|resource| resource.name.clone()).collect();
        sources.sort_unstable();
        let what = if sources.is_empty() { String::new() } else { format!(" of {}", some(&sources)) };
        let deed =
            format!("ends the copying of recovery points{what} to {} by plan {}", text::list(&regions), was.name);
        Some(Loss { deed, at: None, by: None })
    }

    /// A key without which something cannot be read.
    fn of_a_key(&self, key: &Resource, was: &Resource) -> Option<Loss> {
        was.key.as_ref()?;
        let action = key.change.as_ref()?.action;
        if !matches!(action, Action::Delete | Action::Replace) {
            return None;
        }
        let needs = |resource: &&&Resource| {
            let keys = resource.joined.as_ref().and_then(|joined| joined.keys.known());
            keys.into_iter().flatten().any(|own| {
                let counterpart = own.counterpart.known().and_then(|counterpart| counterpart.id.text());
                own.id.text() == Some(&was.id) || counterpart == Some(&was.id)
            })
        };
        let mut users: Vec<_> = self.was.values().filter(needs).map(|resource| resource.name.clone()).collect();
        users.sort_unstable();
        let what = if was.key.as_ref()?.primary.is_known() { "the replica of key" } else { "key" };
        let region = was.region().map(|region| format!(" in {region}")).unwrap_or_default();
        let needed = if users.is_empty() { String::new() } else { format!(", which {} needs", some(&users)) };
        Some(Loss { deed: format!("{} {what} {}{region}{needed}", deed(key), was.name), at: None, by: None })
    }

    /// The copies of before that are there no more.
    fn lost_copies<'b>(&self, is: &Resource, was: &'b Resource) -> Vec<&'b DataCopy> {
        let same = |then: &DataCopy, now: &DataCopy| match (then.id.text(), now.id.text()) {
            (Some(then), Some(now)) => then == now || self.by_former_id.get(then).is_some_and(|taker| taker.id == now),
            _ => then.mechanism == now.mechanism && then.region == now.region,
        };
        let left = copies(is);
        copies(was).iter().filter(|then| !left.iter().any(|now| same(then, now))).collect()
    }

    /// What is said where the search for copies was not complete.
    fn as_far_as_known(&self, source: &Resource) -> &'static str {
        let is_plan_only = self.after.inventory.sources.iter().all(|source| source.starts_with("terraform"));
        match source.unknown.contains_key("joined.copies") {
            false => "",
            true if is_plan_only && self.after.inventory.sources.len() > 1 => " that these plans know of",
            true if is_plan_only => " that this plan knows of",
            true => " that was seen",
        }
    }
}

fn without_a_problem(findings: &[&Finding], summary: &ChangeSummary, judged: bool, doubt: Option<String>) -> String {
    let fixed = summary.fixed;
    if !judged && fixed == 0 {
        let but = doubt.map(|doubt| format!(", but {doubt}")).unwrap_or_default();
        return format!("touches nothing that a policy judges{but}");
    }
    let fixes = if fixed == 0 { String::new() } else { format!(" and fixes {fixed}") };
    let passed = findings.iter().filter(|finding| finding.is_lost());
    let worst = passed.min_by_key(|finding| {
        (!finding.blocker, Reverse(finding.severity), finding.resource.id.as_str(), finding.policy)
    });
    let covered = summary.waived + summary.in_baseline;
    let problems = match (covered, summary.unknown) {
        (0, 0) => "no problem for recovery".to_owned(),
        (0, _) => "no problem that is known".to_owned(),
        _ => {
            format!("{} for recovery{fixes}, {}", count(covered, "problem"), covered_words(summary, "all "))
        }
    };
    let fixes = if covered == 0 { fixes } else { String::new() };
    match worst {
        None if doubt.is_some() => {
            let problems = if covered == 0 { "no problem that is known" } else { &problems };
            format!("introduces {problems}{fixes}, but {}", doubt.unwrap_or_default())
        }
        None if summary.unknown == 0 => format!("introduces {problems}{fixes}"),
        None => {
            let new = count(summary.unknown, "new verdict");
            let verb = if summary.unknown == 1 { "is" } else { "are" };
            format!("introduces {problems}{fixes}; {new} {verb} unknown")
        }
        Some(worst) => {
            let missing = worst.evidence.missing.first();
            let why = missing.map(|missing| format!(": {} not known, {}", title(&missing.fact), missing.reason));
            let at = worst.location.as_deref().map(place);
            format!(
                "introduces {problems}{fixes}, but {}, first of all of {}{}{}",
                lost_words(summary.lost),
                worst.resource.name,
                why.unwrap_or_default(),
                at.unwrap_or_default()
            )
        }
    }
}

/// A failed policy about what is joined is about the place where the resource is to come back.
fn elsewhere(finding: &Finding, resource: Option<&Resource>) -> String {
    if !finding.evidence.fact.as_deref().is_some_and(|fact| fact.starts_with("joined.")) {
        return String::new();
    }
    let region = resource.and_then(|resource| resource.joined.as_ref()?.recovery_region.text());
    region.map_or_else(|| " outside its region".to_owned(), |region| format!(" in {region}"))
}

fn copies(resource: &Resource) -> &[DataCopy] {
    let copies = resource.joined.as_ref().and_then(|joined| joined.copies.known());
    copies.map(Vec::as_slice).unwrap_or_default()
}

fn deed(resource: &Resource) -> &'static str {
    match resource.change.as_ref().map(|change| change.action) {
        Some(Action::Delete) => "deletes",
        Some(Action::Replace) => "replaces",
        Some(Action::Forget) => "forgets",
        _ => "detaches",
    }
}

/// `a`, `a and b`, `a and 2 more`.
fn some(names: &[String]) -> String {
    match names {
        [first, _, _, ..] => format!("{first} and {} more", names.len() - 1),
        few => text::list(few),
    }
}

/// Why a change that introduces no failure may be a problem all the same.
pub(super) fn doubt(findings: &[&Finding], incomplete: &[String], planned: &[Planned]) -> Option<String> {
    let opens = |finding: &&&Finding| finding.blocker && finding.outcome == Outcome::Unknown && finding.is_introduced();
    let not_understood = planned.iter().flat_map(|plan| plan.not_understood.values()).sum::<usize>();
    match (incomplete.first(), findings.iter().filter(opens).count(), not_understood) {
        (Some(first), ..) => Some(first.clone()),
        (None, 0, 0) => None,
        (None, 0, 1) => Some("1 change is of a type that is not understood, and was not judged".to_owned()),
        (None, 0, many) => Some(format!("{many} changes are of types that are not understood, and were not judged")),
        (None, open, _) => Some(format!("{} about blockers cannot be answered", count(open, "question"))),
    }
}

fn place(at: &Location) -> String {
    format!(" ({}:{})", at.file, at.line)
}

fn lost_words(lost: usize) -> String {
    match lost {
        1 => "1 verdict that passed becomes unknown".to_owned(),
        many => format!("{many} verdicts that passed become unknown"),
    }
}

/// `2 waived and 8 in the baseline`, and `all waived` where it is one of the two.
fn covered_words(summary: &ChangeSummary, all: &str) -> String {
    match (summary.waived, summary.in_baseline) {
        (_, 0) => format!("{all}waived"),
        (0, _) => format!("{all}in the baseline"),
        (waived, in_baseline) => format!("{waived} waived and {in_baseline} in the baseline"),
    }
}

fn tail(summary: &ChangeSummary) -> String {
    let mut parts = Vec::new();
    match summary.introduced.saturating_sub(1) {
        0 => {}
        1 => parts.push("1 more problem is introduced".to_owned()),
        more => parts.push(format!("{more} more problems are introduced")),
    }
    match summary.waived + summary.in_baseline {
        0 => {}
        1 => parts.push(format!("1 more is {}", covered_words(summary, ""))),
        more => parts.push(format!("{more} more are {}", covered_words(summary, ""))),
    }
    match summary.fixed {
        0 => {}
        1 => parts.push("1 is fixed".to_owned()),
        fixed => parts.push(format!("{fixed} are fixed")),
    }
    if summary.lost > 0 {
        parts.push(lost_words(summary.lost));
    }
    if parts.is_empty() { String::new() } else { format!("; {}", text::list(&parts)) }
}
