//! Every call of every collector on the wire: what is declared is called and nothing else, lists are read to their last
//! page, and what is denied or breaks off leaves unknown what it would have shown, whichever call it is. New collectors
//! are in all of it by themselves: the actions come from `seaworthy iam`, and how a list is paged from the models of the
//! services.

use std::collections::{BTreeMap, BTreeSet};

use seaworthy::model::Kind;
use serde_json::{Value, json};

use super::watch::{Seen, Watched, action, actions, groups, is_behind, without};
use crate::tool::Tool;

/// Actions that are called after some answers only, which moto does not give. All others are called: what moto does not
/// know is answered out of fixtures/aws/wire/answers.json.
const NOT_CALLED: [(&str, &str); 1] =
    [("lambda:GetFunctionConfiguration", "moto's list of functions has their state in it: recorded/limits.rs")];

/// Facts that are others every minute.
const BY_THE_CLOCK: [&str; 2] = ["backup.latest_recovery_point", "measurement.at"];

/// What `seaworthy iam` asks for.
fn declared() -> BTreeSet<String> {
    let done = Tool::new().command("iam --no-config").output().unwrap();
    let document: Value = serde_json::from_slice(&done.stdout).unwrap();
    let statements = document["Statement"].as_array().unwrap().iter();
    let actions = statements.filter_map(|statement| statement["Action"].as_array()).flatten();
    actions.map(|action| action.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_declared_is_called_and_nothing_else() {
    let watched = Watched::new();
    let seen = watched.look(&json!({"answers": true}));
    let declared = declared();
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    let called = actions(&seen.calls);
    assert_eq!(called.difference(&declared).collect::<Vec<_>>(), Vec::<&&str>::new(), "called and not declared");
    let excused = NOT_CALLED.iter().map(|(action, _)| action);
    let not_called = declared.difference(&called).filter(|action| !is_behind(action));
    assert_eq!(not_called.collect::<BTreeSet<_>>(), excused.collect(), "declared and not called");
}

#[test]
fn every_list_is_read_to_its_last_page() {
    let watched = Watched::new();
    let [whole, paged] = [false, true].map(|paged| watched.look(&json!({"answers": true, "small_pages": paged})));
    assert_eq!(without_clock(&whole), without_clock(&paged));
    let with_pages = |is_next: bool| -> BTreeSet<&str> {
        let calls = paged.calls.iter().filter(|call| call["has_pages"] == true);
        calls.filter(|call| !is_next || call["is_next_page"] == true).map(action).collect()
    };
    let turned = with_pages(true);
    assert_eq!(with_pages(false), turned, "lists that have pages, and those of which a second one was read");
    assert!(turned.len() > 60, "{turned:?}");
}

#[test]
fn whatever_is_denied_is_said_and_decides_nothing() {
    let watched = Watched::new();
    let before = watched.look(&without("deny", &BTreeSet::new()));
    let mut troubles = Vec::new();
    for group in groups(&actions(&before.calls)) {
        let after = watched.look(&without("deny", &group));
        troubles.extend(unsaid(&before, &after, &group));
        troubles.extend(unlawful(&before, &after).into_iter().map(|trouble| format!("{trouble}, without {group:?}")));
    }
    assert_eq!(troubles, Vec::<String>::new());
}

#[test]
fn a_list_that_breaks_off_keeps_its_first_page_and_is_incomplete() {
    let watched = Watched::new();
    let before = watched.look(&without("deny_next_page", &BTreeSet::new()));
    let turned = before.calls.iter().filter(|call| call["is_next_page"] == true).map(action).collect();
    let mut troubles = Vec::new();
    for group in groups(&turned) {
        let after = watched.look(&without("deny_next_page", &group));
        troubles.extend(unsaid(&before, &after, &group));
        let whole = unlawful(&before, &after).into_iter().chain(lost_first_pages(&before, &after));
        troubles.extend(whole.map(|trouble| format!("{trouble}, after the first page of {group:?}")));
    }
    assert_eq!(troubles, Vec::<String>::new());
}

/// Denied actions that no row of the coverage names.
fn unsaid(before: &Seen, after: &Seen, denied: &BTreeSet<String>) -> Vec<String> {
    let gaps: Vec<&Value> = after.coverage.iter().filter(|row| !before.coverage.contains(row)).collect();
    let says = |action: &String| {
        gaps.iter().any(|row| {
            let reason = row["reason"].as_str().unwrap_or_default();
            row["status"] != "complete"
                && (row["action"] == action.as_str() || reason.contains(action) || reason.contains("more call"))
        })
    };
    denied
        .iter()
        .filter(|action| !says(action))
        .map(|action| format!("{action}: no row says that it was denied"))
        .collect()
}

/// Where an error was taken for an answer: what is gone from a list that is said to be complete, a fact that is another
/// and not marked, and a verdict that is neither what it was nor unknown.
fn unlawful(before: &Seen, after: &Seen) -> Vec<String> {
    let mut troubles = Vec::new();
    for (id, was) in &before.resources {
        match now(after, id, was) {
            Some(is) => troubles.extend(changed(was, is).into_iter().map(|path| format!("{id}: {path} is another"))),
            None if is_incomplete(after, was) => {}
            None => troubles.push(format!("{id} is gone from a list that is said to be complete")),
        }
    }
    for ((policy, id), says) in &after.verdicts {
        let before = before.verdicts.iter().filter(|((of, was), _)| of == policy && is_one(was, id));
        let said: BTreeSet<&String> = before.flat_map(|(_, said)| said).collect();
        let new: Vec<&String> = says.iter().filter(|says| *says != "unknown" && !said.contains(says)).collect();
        if !new.is_empty() {
            troubles.push(format!("{policy} of {id} was {said:?} and is {new:?}"));
        }
    }
    troubles
}

/// What was only listed has a shorter id than what was described: without its revision, or without what AWS makes up.
fn is_one(was: &str, is: &str) -> bool {
    was == is || was.strip_prefix(is).is_some_and(|rest| rest.starts_with([':', '/']))
}

fn now<'s>(after: &'s Seen, id: &str, was: &Value) -> Option<&'s Value> {
    let shorter = || after.resources.iter().find(|(is, now)| is_one(id, is) && now["kind"] == was["kind"]);
    after.resources.get(id).or_else(|| shorter().map(|(_, resource)| resource))
}

fn is_incomplete(after: &Seen, resource: &Value) -> bool {
    let kind = Kind::find(resource["kind"].as_str().unwrap()).unwrap();
    after.coverage.iter().any(|row| {
        let lists_nothing = ["denied", "failed", "skipped"].iter().any(|status| row["status"] == *status);
        let names = row["incomplete"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind.name()));
        row["service"] == kind.info().service && (lists_nothing || names)
    })
}

/// Paths of facts that are known, are others than before, and are not marked as known in part.
fn changed(was: &Value, is: &Value) -> Vec<String> {
    let marks: Vec<&str> = is["unknown"].as_object().into_iter().flatten().map(|(path, _)| path.as_str()).collect();
    let is_marked = |path: &str| {
        let below = |one: &str, other: &str| {
            one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        marks.iter().any(|mark| below(path, mark) || below(mark, path))
    };
    let (was, is) = (facts(was), facts(is));
    let differs = |(path, value): &(&String, &Value)| was.get(*path) != Some(*value);
    let open = is.iter().filter(differs).map(|(path, _)| path.clone());
    open.filter(|path| !is_marked(path) && !BY_THE_CLOCK.contains(&path.as_str())).collect()
}

/// Facts by their paths. What it is called, and what it leads to, are no facts.
fn facts(resource: &Value) -> BTreeMap<String, Value> {
    fn walk(value: &Value, path: &str, into: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(value, &path, into);
            }),
            value => drop(into.insert(path.to_owned(), value.clone())),
        }
    }
    let mut resource = resource.clone();
    for envelope in ["id", "links", "origin", "unknown"] {
        resource.as_object_mut().unwrap().remove(envelope);
    }
    let mut facts = BTreeMap::new();
    walk(&resource, "", &mut facts);
    facts
}

/// Kinds of which nothing is left though a page of them was read.
fn lost_first_pages(before: &Seen, after: &Seen) -> Vec<String> {
    let count = |seen: &Seen, kind: &Value| seen.resources.values().filter(|one| one["kind"] == *kind).count();
    let incomplete = after.coverage.iter().filter_map(|row| row["incomplete"].as_array()).flatten();
    let lost = incomplete.filter(|kind| count(before, kind) > 1 && count(after, kind) == 0);
    lost.map(|kind| format!("nothing is left of {kind}")).collect()
}

fn without_clock(seen: &Seen) -> BTreeMap<&String, BTreeMap<String, Value>> {
    let of = |resource: &Value| {
        let mut facts = facts(resource);
        facts.retain(|path, _| !BY_THE_CLOCK.contains(&path.as_str()));
        facts
    };
    seen.resources.iter().map(|(id, resource)| (id, of(resource))).collect()
}
