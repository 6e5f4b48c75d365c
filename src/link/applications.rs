//! Applications: which resources belong to which, and what that asks of them.

use std::sync::Arc;

use rayon::prelude::*;

use super::edges::At;
use super::lookups::Membership;
use super::{Draft, Estate, Joiner, why};
use crate::config::{Application, Objective, Span};
use crate::model::{Fact, Joined, Pattern, Rel, Resource};
use crate::text::wildcard;

/// Whether a selector selects a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Selected {
    No,
    /// What it asks for is not known of the resource.
    Perhaps,
    Yes,
}

/// What one application holds: for sure, and perhaps, with the resource that is in doubt.
#[derive(Default)]
struct Held {
    sure: Vec<At>,
    perhaps: Vec<(At, At)>,
}

impl<'a> Estate<'a> {
    /// Finds the members of every application.
    pub(super) fn memberships(&self) -> Membership {
        let applications: Vec<&Application> = self.config.applications.values().collect();
        if applications.is_empty() {
            return Membership::default();
        }
        let held: Vec<Held> = applications.par_iter().map(|application| self.held(application)).collect();
        let count = self.resources.len();
        let mut membership = Membership { of: vec![Vec::new(); count], doubt: vec![None; count] };
        self.share_drills(&held, &mut membership);
        for (number, held) in (0u16..).zip(held) {
            for at in held.sure {
                membership.of[at as usize].push(number);
            }
            for (at, because) in held.perhaps {
                membership.doubt[at as usize].get_or_insert(because);
            }
        }
        membership
    }

    /// Drills belong to the application that they are of, if anything of it comes back in their region.
    fn share_drills(&self, held: &[Held], membership: &mut Membership) {
        for at in self.index.of_kind(self.kinds.drills).iter().copied() {
            let drills = self.index.get(at);
            let name = drills.drills.as_ref().and_then(|drills| drills.application.text());
            let Some(number) = name.and_then(|name| self.config.applications.get_index_of(name)) else { continue };
            let comes_there =
                |at: &At| self.recovery(*at).target().is_some_and(|it| Some(it.region) == drills.region());
            if held[number].sure.iter().any(comes_there) {
                membership.of[at as usize].extend(u16::try_from(number));
            } else {
                let perhaps = held[number].perhaps.iter().find(|(at, _)| comes_there(at));
                membership.doubt[at as usize] = perhaps.map(|(_, because)| *because);
            }
        }
    }

    fn held(&self, application: &Application) -> Held {
        let mut held = Held::default();
        let mut seen = vec![false; self.resources.len()];
        let selected: Vec<(At, Selected)> = (0..)
            .zip(self.resources)
            .filter(|(_, resource)| resource.kind != self.kinds.drills)
            .map(|(at, resource)| (at, select(application, resource)))
            .filter(|(_, selected)| *selected != Selected::No)
            .collect();
        for (start, _) in selected.iter().filter(|(_, selected)| *selected == Selected::Yes) {
            self.close(*start, &mut seen, |at| held.sure.push(at));
        }
        for (start, _) in selected.iter().filter(|(_, selected)| *selected == Selected::Perhaps) {
            self.close(*start, &mut seen, |at| held.perhaps.push((at, *start)));
        }
        held
    }

    /// Visits a resource and everything that it needs, once each.
    fn close(&self, start: At, seen: &mut [bool], mut visit: impl FnMut(At)) {
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut seen[at as usize], true) {
                visit(at);
                if at == start || !self.is_shared(at) {
                    self.needs(at, &mut next);
                }
                // Records have no tags, and edges often none of an application: they belong to that of what they lead to.
                let leads_here = |from: &At| self.index.get(*from).kind.info().global;
                next.extend(self.index.from(at, Rel::SendsTo).filter(leads_here));
            }
        }
    }

    /// What a resource needs for recovery, one step away: its parent, its parts, what it uses, its backups and its
    /// copies, and what stands in for it. Other users of the same things are not needed.
    fn needs(&self, at: At, next: &mut Vec<At>) {
        let targets = self.index.all_to(at).filter(|(rel, _)| rel.comes_back_with().brings_target());
        next.extend(targets.map(|(_, target)| target));
        let sources = self.index.all_from(at).filter(|(rel, _)| rel.comes_back_with().brings_source());
        next.extend(sources.map(|(_, source)| source));
        next.extend(self.plans_of(at));
        next.extend(self.clients.stand_ins.get(&at));
    }

    /// What is brought along by one application has parts of others, too: a zone its records, an edge what else it leads to,
    /// a panel its switches.
    fn is_shared(&self, at: At) -> bool {
        let kind = self.index.get(at).kind;
        kind == self.kinds.zone || kind == self.kinds.control_panel || self.is_edge(at)
    }

    /// Fills the applications and what they ask.
    pub(super) fn join_applications(&self, at: At, draft: &mut Draft) {
        let numbers = self.membership.of(at);
        let of_config = |number: &u16| self.config.applications.get_index(usize::from(*number));
        let mut names: Vec<String> = numbers.iter().filter_map(of_config).map(|(name, _)| name.clone()).collect();
        names.sort_unstable();
        draft.joined.applications = Fact::Known(names);
        let objectives = || numbers.iter().filter_map(of_config).map(|(_, application)| application.objective());
        let defaults = &self.config.defaults;
        let least = |of: fn(&Objective) -> Option<Span>| {
            objectives().filter_map(|objective| of(&objective)).min().or_else(|| of(defaults))
        };
        let pattern = objectives().filter_map(|objective| objective.pattern).max().or(defaults.pattern);
        let retention = objectives().filter_map(|objective| objective.retention).max().or(defaults.retention);
        let (rpo, rto) = (least(|objective| objective.rpo), least(|objective| objective.rto));
        fill(&mut draft.joined, pattern, rpo, rto, retention);
        if let Some(reason) = self.doubt_of(at) {
            for path in ["applications", "pattern", "rpo_minutes", "rto_minutes", "retention_days"] {
                draft.mark(format!("joined.{path}"), reason.clone());
            }
            // That it has an objective is as open as which.
            let joined = &mut draft.joined;
            for numbers in [&mut joined.rpo_minutes, &mut joined.rto_minutes] {
                *numbers = std::mem::take(numbers).or_unknown();
            }
            joined.retention_days = joined.retention_days.or_unknown();
            joined.pattern = std::mem::take(&mut joined.pattern).or_unknown();
        }
    }

    /// Why a resource may belong to another application, too.
    fn doubt_of(&self, at: At) -> Option<String> {
        let because = self.membership.doubt(at)?;
        let doubtful = self.index.get(because);
        let reason = why(doubtful, doubtful_path(doubtful));
        Some(if because == at { reason } else { format!("{}: {reason}", doubtful.name) })
    }
}

/// The resource as one application sees it: what is asked of it is what that application asks, whatever others do.
pub fn asked_by(resource: &Resource, objective: &Objective) -> Resource {
    let mut resource = resource.clone();
    if let Some(joined) = &mut resource.joined {
        let joined = Arc::make_mut(joined);
        fill(joined, objective.pattern, objective.rpo, objective.rto, objective.retention);
        for path in ["pattern", "rpo_minutes", "rto_minutes", "retention_days"] {
            resource.unknown.remove(&format!("joined.{path}"));
        }
    }
    resource
}

/// Fills what is asked.
fn fill(joined: &mut Joined, pattern: Option<Pattern>, rpo: Option<Span>, rto: Option<Span>, retention: Option<Span>) {
    joined.pattern = Fact::from_read(pattern.map(|pattern| pattern.word().to_owned()));
    joined.rpo_minutes = Fact::from_read(rpo.map(Span::in_minutes));
    joined.rto_minutes = Fact::from_read(rto.map(Span::in_minutes));
    // A day and a half of retention is not kept by one day.
    let days = |span: Span| u32::try_from(span.seconds.div_ceil(Span::days(1).seconds)).unwrap_or(u32::MAX);
    joined.retention_days = Fact::from_read(retention.map(days));
    // What is sure stays sure, whatever else the resource may belong to.
    joined.retention_floor_days = joined.retention_days;
}

impl Joiner<'_> {
    /// To which applications a resource belongs, by their numbers in the configuration, and why it may belong to another.
    pub fn applications(&self, at: usize) -> (&[u16], Option<String>) {
        (self.estate.membership.of(at as At), self.estate.doubt_of(at as At))
    }
}

/// The selector's fact that is most likely not known.
fn doubtful_path(resource: &Resource) -> &'static str {
    if resource.tags.is_unknown() || resource.unknown.contains_key("tags") {
        "tags"
    } else if resource.place.account.is_unknown() {
        "place.account"
    } else if resource.place.region.is_unknown() {
        "place.region"
    } else {
        "tags"
    }
}

fn select(application: &Application, resource: &Resource) -> Selected {
    let place = |wanted: &[String], fact: &Fact<String>| match fact {
        _ if wanted.is_empty() => Selected::Yes,
        Fact::Known(have) => certain(wanted.contains(have)),
        Fact::Absent => Selected::No,
        Fact::Unknown => Selected::Perhaps,
    };
    let names = || {
        let any = |pattern: &String| is_called(resource, pattern);
        certain(application.names.is_empty() || application.names.iter().any(any))
    };
    let tags = || application.tags.iter().map(|(tag, values)| has_tag(resource, tag, values.as_slice())).min();
    place(&application.accounts, &resource.place.account)
        .min(place(&application.regions, &resource.place.region))
        .min(names())
        .min(tags().unwrap_or(Selected::Yes))
}

/// Whether a name, the id or an address of a resource is as a pattern of a configuration has it.
pub(crate) fn is_called(resource: &Resource, pattern: &str) -> bool {
    wildcard::matches(pattern, &resource.name)
        || wildcard::matches(pattern, &resource.id)
        || resource.origin.address.as_ref().is_some_and(|address| wildcard::matches(pattern, address))
        || resource.origin.scoped_address().is_some_and(|address| wildcard::matches(pattern, &address))
}

/// Whether a resource has a tag with one of these values.
fn has_tag(resource: &Resource, tag: &str, values: &[String]) -> Selected {
    // Asked of each resource for each application.
    let in_doubt = || {
        let unknown = &resource.unknown;
        !unknown.is_empty() && (unknown.contains_key("tags") || unknown.contains_key(&format!("tags.{tag}")))
    };
    match &resource.tags {
        Fact::Unknown => Selected::Perhaps,
        Fact::Known(tags) => match tags.get(tag) {
            Some(have) => certain(values.iter().any(|wanted| wildcard::matches(wanted, have))),
            None if in_doubt() => Selected::Perhaps,
            None => Selected::No,
        },
        Fact::Absent => Selected::No,
    }
}

fn certain(yes: bool) -> Selected {
    if yes { Selected::Yes } else { Selected::No }
}
