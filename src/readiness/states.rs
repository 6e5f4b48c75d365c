//! What happens to each resource: it is ready, or has to be promoted, restored, started or made.

use super::view::View;
use crate::model::{Class, Counterpart, DataCopy, Dns, Fact, Resource};
use crate::result::StepState;
use crate::text::{duration, state};

/// What happens to a resource, in words, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) state: StepState,
    pub(super) how: String,
    pub(super) by: Option<String>,
}

impl State {
    fn new(state: StepState, how: String, by: Option<&str>) -> Self {
        Self { state, how, by: by.map(str::to_owned) }
    }
}

/// Mechanisms of copies that follow their source.
const LIVE: [&str; 4] = ["replica", "global-cluster", "global-datastore", "provider-replica"];

/// Copies in the recovery place that are known to be of use.
pub(super) fn usable(resource: &Resource) -> impl Iterator<Item = &DataCopy> {
    let copies = resource.joined.as_ref().and_then(|joined| joined.copies.known());
    copies.into_iter().flatten().filter(|copy| {
        copy.in_recovery_place == Fact::Known(true) && copy.usable == Fact::Known(true) && copy.mechanism.is_known()
    })
}

/// The copy that brings the data back: live before stored, the newest of those that can be used.
pub(super) fn best_copy(resource: &Resource) -> Option<&DataCopy> {
    let usable = usable(resource);
    let rank = |copy: &&DataCopy| (!is_live(copy), copy.age_minutes.known().copied().unwrap_or(u64::MAX));
    usable.min_by_key(rank)
}

pub(super) fn is_live(copy: &DataCopy) -> bool {
    copy.mechanism.text().is_some_and(|mechanism| LIVE.contains(&mechanism))
}

/// What happens to a resource.
pub(super) fn state_of(view: &View<'_>, at: usize) -> State {
    let resource = view.resource(at);
    match resource.kind.info().is_stateful() {
        true => of_data(view, at, resource),
        false => of_service(view, at, resource),
    }
}

fn of_data(view: &View<'_>, at: usize, resource: &Resource) -> State {
    let class = resource.kind.info().class;
    let best = best_copy(resource);
    // What may be better than the best that is known decides what happens.
    if best.is_none_or(|copy| !is_live(copy))
        && let Some(why) = open_copy(view, at, resource)
    {
        return State::new(StepState::Unknown, why, None);
    }
    if let Some(copy) = best {
        let id = copy.id.text();
        let name = id.map_or("it", |id| name_of(view, id));
        return match (copy.mechanism.text().unwrap_or_default(), class) {
            // What is kept in both regions takes writes in both.
            ("provider-replica", Class::Table | Class::Bucket) => {
                State::new(StepState::Ready, format!("its copy in {} takes over as it is", view.to), id)
            }
            ("provider-replica", _) => State::new(StepState::ToPromote, "end its replication".to_owned(), id),
            (mechanism, _) if LIVE.contains(&mechanism) => {
                State::new(StepState::ToPromote, format!("promote {name}"), id)
            }
            (mechanism, _) => {
                let what = match mechanism {
                    "automated-backup" => "its replicated automated backup",
                    "copy-action" => "what its backup plan copies",
                    "snapshot" | "snapshot-copy" => "its snapshot",
                    _ => "its recovery point",
                };
                let age = copy.age_minutes.known().map(|age| format!(", {} old", duration(*age * 60)));
                State::new(StepState::ToRestore, format!("restore {what}{}", age.unwrap_or_default()), id)
            }
        };
    }
    if class == Class::Cache
        && let Some(found) = counterpart(resource)
    {
        return taken_over(view, found, "stands in for it, without its data");
    }
    match view.doubt(at, "counterpart") {
        Some(why) => State::new(StepState::Unknown, why.to_owned(), None),
        None => State::new(StepState::Missing, format!("nothing of its data can be used in {}", view.to), None),
    }
}

/// Why there may be a copy that is better than those which are known to be of use.
pub(super) fn open_copy(view: &View<'_>, at: usize, resource: &Resource) -> Option<String> {
    if let Some(why) = view.doubt(at, "copies") {
        return Some(why.to_owned());
    }
    let Some(copies) = resource.joined.as_ref().and_then(|joined| joined.copies.known()) else {
        return Some("its copies are not known".to_owned());
    };
    let is_open = |copy: &DataCopy| copy.usable.is_unknown() && copy.in_recovery_place != Fact::Known(false);
    copies.iter().any(is_open).then(|| "whether a copy of it can be used is not known".to_owned())
}

fn of_service(view: &View<'_>, at: usize, resource: &Resource) -> State {
    if let Some(found) = counterpart(resource) {
        let compute = resource.joined.as_ref().filter(|_| resource.kind.info().is_compute());
        let desired = compute.map_or(Fact::Absent, |joined| joined.standby_desired);
        if desired == Fact::Known(0) {
            let how = format!("start {}: 0 instances of it run", name_of(view, found.id.text().unwrap_or_default()));
            return State::new(StepState::ToStart, how, found.id.text());
        }
        if desired.is_unknown() {
            let why = view.doubt(at, "standby_desired").unwrap_or("how many instances of it run there is not known");
            return State::new(StepState::Unknown, why.to_owned(), found.id.text());
        }
        if let Some(dns) = &resource.dns {
            return of_record(view, at, dns, found);
        }
        return taken_over(view, found, "takes its place");
    }
    if let Some(why) = view.doubt(at, "counterpart") {
        return State::new(StepState::Unknown, why.to_owned(), None);
    }
    if resource.joined.as_ref().is_none_or(|joined| joined.counterpart.is_unknown()) {
        return State::new(StepState::Unknown, "what takes its place is not known".to_owned(), None);
    }
    match by_code(view, resource) {
        Some(code) => State::new(StepState::ToRebuild, format!("make it anew from {code}"), None),
        None => State::new(StepState::Missing, format!("nothing takes its place in {}", view.to), None),
    }
}

/// A name is ready if its answer changes by itself: there is another one, and something tells that the first is down.
fn of_record(view: &View<'_>, at: usize, dns: &Dns, found: &Counterpart) -> State {
    let by_hand = |why: &str| {
        let name = found.id.text().map_or("what stands in", |id| name_of(view, id));
        State::new(StepState::ToSwitch, format!("lead it to {name} by hand: {why}"), found.id.text())
    };
    match (dns.policy.text(), &dns.health_check, dns.evaluates_target_health) {
        (None, ..) => {
            State::new(StepState::Unknown, "how its answer is chosen is not known".to_owned(), found.id.text())
        }
        (Some("simple"), ..) => by_hand("it has one answer"),
        (Some(_), Fact::Known(_), _) | (Some(_), _, Fact::Known(true)) => taken_over(view, found, "takes its place"),
        (Some(_), Fact::Unknown, _) | (Some(_), _, Fact::Unknown) => {
            let why = view.doubt(at, "gate").unwrap_or("whether a health check decides it is not known");
            State::new(StepState::Unknown, why.to_owned(), found.id.text())
        }
        (Some(_), Fact::Absent, _) => by_hand("nothing tells that its target is down"),
    }
}

/// What takes its place, if it is known.
fn counterpart(resource: &Resource) -> Option<&Counterpart> {
    resource.joined.as_ref()?.counterpart.known()
}

fn taken_over(view: &View<'_>, found: &Counterpart, what: &str) -> State {
    let id = found.id.text();
    let how = found.how.text().unwrap_or_default();
    let name = id.map_or("something", |id| name_of(view, id));
    match found.usable {
        Fact::Known(true) if how == "global" => State::new(StepState::Ready, "it lives in no region".to_owned(), id),
        Fact::Known(true) => State::new(StepState::Ready, format!("{name} {what}"), id),
        Fact::Known(false) => {
            let now =
                found.state.text().map_or_else(|| "cannot be used".to_owned(), |now| format!("is {}", state(now)));
            State::new(StepState::Missing, format!("{name} {what}, and {now}"), id)
        }
        Fact::Absent | Fact::Unknown => {
            State::new(StepState::Unknown, format!("whether {name} can be used is not known"), id)
        }
    }
}

/// The code that makes it, as far as anything tells of it.
fn by_code(view: &View<'_>, resource: &Resource) -> Option<String> {
    let tag = |name: &str| resource.tags.known().and_then(|tags| tags.get(name));
    if let Some(address) = &resource.origin.address {
        return Some(format!("the code of {address}"));
    }
    if let Some(stack) = tag("aws:cloudformation:stack-name") {
        return Some(format!("CloudFormation stack {stack}"));
    }
    view.statement.compute_from_code.then(|| "code, as the configuration says".to_owned())
}

/// What people call it; else the end of its id.
fn name_of<'v>(view: &'v View<'_>, id: &'v str) -> &'v str {
    match view.wiring.by_id.get(id) {
        Some(at) => &view.resource(*at).name,
        None => id.rsplit([':', '/']).next().unwrap_or(id),
    }
}
