//! What happens to each resource: it is ready, or has to be promoted, restored, started or made.

use super::view::View;
use crate::model::{Class, Counterpart, DataCopy, Fact, Resource};
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

/// The copy that brings the data back: live before stored, the newest of those that can be used.
pub(super) fn best_copy(resource: &Resource) -> Option<&DataCopy> {
    let copies = resource.joined.as_ref()?.copies.known()?;
    let usable = copies.iter().filter(|copy| {
        copy.in_recovery_place == Fact::Known(true) && copy.usable == Fact::Known(true) && copy.mechanism.is_known()
    });
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
    if let Some(copy) = best_copy(resource) {
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
        return taken_over(view, found, "stands in for it and starts empty");
    }
    let facts = ["copies", "counterpart"];
    if let Some(why) = facts.iter().find_map(|fact| view.doubt(at, fact)) {
        return State::new(StepState::Unknown, why.to_owned(), None);
    }
    let all = resource.joined.as_ref().and_then(|joined| joined.copies.known());
    match all {
        None => State::new(StepState::Unknown, "its copies are not known".to_owned(), None),
        Some(copies) if copies.iter().any(|copy| !copy.usable.is_known() || !copy.in_recovery_place.is_known()) => {
            State::new(StepState::Unknown, "whether a copy of it can be used is not known".to_owned(), None)
        }
        Some(_) => State::new(StepState::Missing, format!("nothing of its data can be used in {}", view.to), None),
    }
}

fn of_service(view: &View<'_>, at: usize, resource: &Resource) -> State {
    if let Some(found) = counterpart(resource) {
        let desired = resource.joined.as_ref().and_then(|joined| joined.standby_desired.known().copied());
        if resource.kind.info().is_compute() && desired == Some(0) {
            let how = format!("start {}: 0 instances of it run", name_of(view, found.id.text().unwrap_or_default()));
            return State::new(StepState::ToStart, how, found.id.text());
        }
        return taken_over(view, found, "takes its place");
    }
    let fact = resource.joined.as_ref().map_or(Fact::Unknown, |joined| joined.counterpart.as_ref().map(|_| ()));
    if let Some(why) = view.doubt(at, "counterpart") {
        return State::new(StepState::Unknown, why.to_owned(), None);
    }
    if fact.is_unknown() {
        return State::new(StepState::Unknown, "what takes its place is not known".to_owned(), None);
    }
    match by_code(view, resource) {
        Some(code) => State::new(StepState::ToRebuild, format!("make it anew from {code}"), None),
        None => State::new(StepState::Missing, format!("nothing takes its place in {}", view.to), None),
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
