//! A plan laid over the live estate: the estate as it will be, with what the plan does to each resource.
//!
//! The plan knows what it sets; the live estate knows the rest. So a fact of the plan wins where it is known, a fact that
//! the plan says will be known only after apply is unknown, and everything else stays as it was seen.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::model::{Action, Fact, Inventory, Link, Resource, weight};

/// Parts of a resource that are no facts of it.
const ENVELOPE: &[&str] = &["id", "kind", "name", "links", "unknown", "origin", "change", "before", "joined"];

/// Lays `plan` over `live`. The returned sentences say what could not be matched.
pub fn lay_over(live: Inventory, plan: Inventory) -> (Inventory, Vec<String>) {
    let index = Index::new(&live);
    let mut notes = Vec::new();
    let mut touched: HashMap<usize, Resource> = HashMap::new();
    let mut created = Vec::new();
    let mut planned = plan.resources;
    // Of several plans the one that does most to a resource counts; what one block or plan forgets another may keep.
    planned.sort_by_key(|resource| Reverse(weight(resource)));
    for planned in planned {
        let action = planned.change.as_ref().map_or(Action::NoOp, |change| change.action);
        match index.find(&planned) {
            Some(at) if touched.contains_key(&at) => {}
            Some(at) => {
                touched.insert(at, lay_resource(&live.resources[at], planned, action));
            }
            None => {
                if !matches!(action, Action::Create | Action::Replace) {
                    let address = planned.origin.address.as_deref().unwrap_or(&planned.id);
                    notes.push(format!("{address} was not found in the live estate, so only the plan speaks for it"));
                }
                created.push(planned);
            }
        }
    }
    let mut resources: Vec<_> =
        live.resources.into_iter().enumerate().map(|(at, resource)| touched.remove(&at).unwrap_or(resource)).collect();
    let taken: BTreeSet<String> = resources.iter().map(|resource| resource.id.clone()).collect();
    resources.extend(created.into_iter().filter(|resource| !taken.contains(&resource.id)));
    let sources = plan.sources.into_iter().chain(live.sources).collect();
    let mut after = Inventory { resources, coverage: live.coverage, collected_at: live.collected_at, sources };
    after.sort();
    notes.sort();
    (after, notes)
}

/// Finds the live resource that a planned one is.
struct Index<'a> {
    by_id: HashMap<&'a str, usize>,
    by_name: HashMap<(&'a str, &'a str), Vec<usize>>,
    live: &'a Inventory,
}

impl<'a> Index<'a> {
    fn new(live: &'a Inventory) -> Self {
        let mut index = Self { by_id: HashMap::new(), by_name: HashMap::new(), live };
        for (at, resource) in live.resources.iter().enumerate() {
            index.by_id.insert(&resource.id, at);
            index.by_name.entry((resource.kind.name(), &resource.name)).or_default().push(at);
        }
        index
    }

    /// By ARN, then by kind, name and place, where only one can be meant. What is created is not there yet.
    fn find(&self, planned: &Resource) -> Option<usize> {
        let former = planned.before.as_deref();
        for id in former.iter().map(|before| &before.id).chain([&planned.id]) {
            if let Some(at) = self.by_id.get(id.as_str()) {
                return Some(*at);
            }
        }
        if planned.change.as_ref().is_some_and(|change| change.action == Action::Create && !change.importing) {
            return None;
        }
        let one = former.unwrap_or(planned);
        let agrees = |mine: Option<&str>, theirs: Option<&str>| match (mine, theirs) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        let candidates = self.by_name.get(&(one.kind.name(), one.name.as_str()))?;
        let mut fitting = candidates.iter().copied().filter(|at| {
            let live = &self.live.resources[*at];
            agrees(one.region(), live.region()) && agrees(one.account(), live.account())
        });
        match (fitting.next(), fitting.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        }
    }
}

fn lay_resource(live: &Resource, planned: Resource, action: Action) -> Resource {
    let mut laid = match action {
        Action::Update => merged(live, &planned),
        Action::NoOp | Action::Delete | Action::Forget => live.clone(),
        // What is made anew has nothing of what was there but its identity.
        Action::Create | Action::Replace => planned.clone(),
    };
    laid.id = live.id.clone();
    laid.place = live.place.clone();
    laid.origin = planned.origin;
    if !matches!(action, Action::Create | Action::Replace) {
        // It runs already, and was seen.
        laid.origin.source.clone_from(&live.origin.source);
    }
    laid.change = planned.change;
    laid.before = match action {
        Action::NoOp => None,
        _ => Some(Box::new(with_code_facts(live, planned.before.as_deref()))),
    };
    laid
}

/// The live resource, with what only code knows of it (`skip_final_snapshot`) from the state before the plan.
fn with_code_facts(live: &Resource, before: Option<&Resource>) -> Resource {
    let Some(before) = before else { return live.clone() };
    // It is the same block of code before and after, however it was found in the live estate.
    Resource { origin: before.origin.clone(), ..fill(live, before, |_| false, |_| {}) }
}

/// The plan's facts, and the live ones where the plan says nothing.
///
/// A fact that the plan knew before and does not know after is one that the change touches: it stays unknown.
fn merged(live: &Resource, planned: &Resource) -> Resource {
    let planned = &heard(planned);
    let before = planned.before.as_deref();
    let [mine, theirs, former] = [Some(planned), Some(live), before].map(|side| side.map_or(Value::Null, facts));
    let is_touched = |path: &str| fact(&mine, path).is_none() && fact(&former, path).is_some();
    let seen = |path: &&String| !is_touched(path) && !live.unknown.contains_key(*path) && fact(&theirs, path).is_some();
    // A list that is known in part for another reason than before has something that the change will only decide.
    let is_as_before = |(path, reason): &(&String, &String)| {
        let is_listed = fact(&mine, path).is_some_and(Value::is_array);
        !is_listed || before.is_none_or(|before| before.unknown.get(*path) == Some(*reason))
    };
    // What the plan cannot see, because it may be declared elsewhere, is seen in the live estate.
    let found: Vec<&String> = planned.unknown.iter().filter(is_as_before).map(|(path, _)| path).filter(seen).collect();
    let mut laid = fill(planned, live, is_touched, |top| {
        for path in &found {
            let pointer = format!("/{}", path.replace('.', "/"));
            let (Some(Value::Array(list)), Some(Value::Array(seen))) = (top.pointer_mut(&pointer), fact(&theirs, path))
            else {
                continue;
            };
            let former = fact(&former, path).and_then(Value::as_array).cloned().unwrap_or_default();
            let others = seen.iter().filter(|item| !former.contains(item));
            list.extend(others.cloned());
            list.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            list.dedup();
        }
    });
    laid.unknown.retain(|path, _| !found.contains(&path));
    for (path, reason) in live.unknown.iter().filter(|(path, _)| fact(&mine, path).is_none() && !is_touched(path)) {
        laid.mark_unknown(path, reason.clone());
    }
    let has = |resource: &Resource, rel| resource.links.iter().any(|link| link.rel == rel);
    let of_live = |link: &&Link| !has(planned, link.rel) && !before.is_some_and(|before| has(before, link.rel));
    laid.links.extend(live.links.iter().filter(of_live).cloned());
    laid
}

/// The planned resource without what its code does not touch: a setting of the region, which the live estate knows.
fn heard(planned: &Resource) -> Resource {
    let mut planned = planned.clone();
    let before = planned.before.as_deref_mut().and_then(|before| before.plan.as_deref_mut());
    for plan in before.into_iter().chain(planned.plan.as_deref_mut()) {
        if plan.switched_off.is_absent() {
            plan.switched_off = Fact::Unknown;
        }
    }
    planned
}

fn facts(resource: &Resource) -> Value {
    serde_json::to_value(resource).unwrap_or_default()
}

/// The fact at a dotted path: known or absent, not unknown.
fn fact<'v>(facts: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(facts, |part, name| part.get(name))
}

/// `first`, and `second` for every fact that it does not know, unless `keep_out` names its path; then `amend` may
/// change facts.
fn fill(
    first: &Resource,
    second: &Resource,
    keep_out: impl Fn(&str) -> bool,
    amend: impl FnOnce(&mut Value),
) -> Resource {
    let (mut all, Value::Object(bottom)) = (facts(first), facts(second)) else { return first.clone() };
    if let Value::Object(top) = &mut all {
        fill_map(top, bottom, "", &keep_out);
    }
    amend(&mut all);
    serde_json::from_value(all).unwrap_or_else(|_| first.clone())
}

fn fill_map(top: &mut Map<String, Value>, bottom: Map<String, Value>, above: &str, keep_out: &dyn Fn(&str) -> bool) {
    for (name, value) in bottom {
        if above.is_empty() && ENVELOPE.contains(&name.as_str()) {
            continue;
        }
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match (top.get_mut(&name), value) {
            (Some(Value::Object(mine)), Value::Object(theirs)) if above.is_empty() && name != "tags" => {
                fill_map(mine, theirs, &path, keep_out);
            }
            (None, value) if !keep_out(&path) => {
                top.insert(name, value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Backup, Change, Kind, Origin, Place, Plan, Protection, Rel, Replication, Shared, Status, Timestamp,
    };

    const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";

    fn database(id: &str) -> Resource {
        Resource::new(Kind::of("aws.rds.instance"), id, "orders", Place::new("111122223333", "us-east-1"))
    }

    fn live() -> Inventory {
        let mut resource = database(ARN);
        resource.backup = Some(Shared::from(Backup {
            retention_days: Fact::Known(7),
            point_in_time: Fact::Known(true),
            enabled: Fact::Known(true),
            ..Backup::default()
        }));
        resource.status = Some(Shared::from(Status { healthy: Fact::Known(true), ..Status::default() }));
        Inventory { resources: vec![resource], ..Inventory::new("aws", Timestamp::UNIX_EPOCH) }
    }

    fn plan(action: Action, days: Fact<u32>) -> Inventory {
        let address = "aws_db_instance.orders";
        let mut resource = database(address);
        resource.place = Place { account: Fact::Unknown, ..Place::new("", "us-east-1") }.into();
        resource.backup = Some(Shared::from(Backup { retention_days: days, ..Backup::default() }));
        resource.mark_unknown("backup.point_in_time", "known only after apply");
        resource.origin = Origin { address: Some(address.to_owned()), ..Origin::default() }.into();
        resource.change =
            Some(Box::new(Change { action, replace_paths: Vec::new(), importing: false, moved_from: None }));
        let mut before = Resource { origin: resource.origin.clone(), ..database(address) };
        before.backup = Some(Shared::from(Backup { point_in_time: Fact::Known(true), ..Backup::default() }));
        before.protection =
            Some(Shared::from(Protection { final_snapshot: Fact::Known(false), ..Protection::default() }));
        resource.before = Some(Box::new(before));
        Inventory { resources: vec![resource], ..Inventory::new("terraform-plan p", Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn an_update_keeps_what_the_plan_does_not_say_and_loses_what_it_will_only_learn() {
        let (after, notes) = lay_over(live(), plan(Action::Update, Fact::Known(1)));
        assert_eq!(notes, Vec::<String>::new());
        let [resource] = after.resources.as_slice() else { panic!("{after:?}") };
        assert_eq!(resource.id, ARN);
        assert_eq!(
            serde_json::to_value(resource.backup.as_ref().unwrap()).unwrap(),
            serde_json::json!({"enabled": true, "retention_days": 1})
        );
        assert_eq!(resource.status, live().resources[0].status);
        let before = resource.before.as_ref().unwrap();
        assert_eq!(before.backup, live().resources[0].backup);
        assert_eq!(before.protection.as_ref().unwrap().final_snapshot, Fact::Known(false));
        assert_eq!(before.origin.address, resource.origin.address);
        assert_eq!(after.sources, ["terraform-plan p", "aws"]);
    }

    #[test]
    fn a_deleted_resource_keeps_its_facts_and_a_replaced_one_has_only_the_planned() {
        let (after, _) = lay_over(live(), plan(Action::Delete, Fact::Unknown));
        assert_eq!(after.resources[0].backup, live().resources[0].backup);
        assert!(after.resources[0].is_deleted());
        let (after, _) = lay_over(live(), plan(Action::Replace, Fact::Known(3)));
        assert_eq!(
            serde_json::to_value(after.resources[0].backup.as_ref().unwrap()).unwrap(),
            serde_json::json!({"retention_days": 3})
        );
        assert_eq!(after.resources[0].status, None);
    }

    fn replicas(names: &[&str]) -> Option<Shared<Replication>> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Some(Shared::from(Replication { replicas: Fact::Known(names), ..Replication::default() }))
    }

    /// The one resource after an update whose planned and former state are amended.
    fn after_update(live: Inventory, amend: impl Fn(&mut Resource, &mut Resource)) -> Resource {
        let mut plan = plan(Action::Update, Fact::Known(1));
        let planned = &mut plan.resources[0];
        let mut before = planned.before.take().unwrap();
        amend(planned, &mut before);
        planned.before = Some(before);
        lay_over(live, plan).0.resources.remove(0)
    }

    #[test]
    fn what_may_be_declared_elsewhere_is_seen_live_less_what_the_plan_takes_away() {
        let mut live = live();
        live.resources[0].replication = replicas(&["elsewhere", "old"]);
        let after = after_update(live, |planned, before| {
            before.replication = replicas(&["old"]);
            planned.replication = replicas(&["new"]);
            for side in [before, planned] {
                side.mark_unknown("replication.replicas", "replicas may be declared elsewhere");
            }
        });
        assert_eq!(after.replication, replicas(&["elsewhere", "new"]));
        assert_eq!(after.unknown, [("backup.point_in_time".to_owned(), "known only after apply".to_owned())].into());
    }

    #[test]
    fn a_list_with_something_that_is_known_only_after_apply_stays_open() {
        let mut live = live();
        live.resources[0].replication = replicas(&["old"]);
        for former in [None, Some("replicas may be declared elsewhere")] {
            let after = after_update(live.clone(), |planned, before| {
                before.replication = replicas(&["old"]);
                planned.replication = replicas(&["new"]);
                planned.mark_unknown("replication.replicas", "the id of one is known only after apply");
                if let Some(reason) = former {
                    before.mark_unknown("replication.replicas", reason);
                }
            });
            assert_eq!(after.replication, replicas(&["new"]));
            assert_eq!(after.unknown["replication.replicas"], "the id of one is known only after apply");
        }
    }

    #[test]
    fn a_setting_of_the_region_that_the_code_does_not_touch_stays_as_it_was_seen() {
        let off = |types: Fact<Vec<String>>| Some(Shared::from(Plan { switched_off: types, ..Plan::default() }));
        let seen = || Fact::Known(vec!["DynamoDB".to_owned()]);
        let mut live = live();
        live.resources[0].plan = off(seen());
        let laid = |before: Fact<Vec<String>>, after: Fact<Vec<String>>| {
            let laid = after_update(live.clone(), |planned, former| {
                planned.plan = off(after.clone());
                former.plan = off(before.clone());
            });
            laid.plan.unwrap().switched_off.clone()
        };
        assert_eq!(laid(Fact::Absent, Fact::Absent), seen());
        assert_eq!(laid(Fact::Absent, Fact::Known(Vec::new())), Fact::Known(Vec::new()));
        // The code gives the setting up: what becomes of it is not known.
        assert_eq!(laid(Fact::Known(Vec::new()), Fact::Absent), Fact::Unknown);
    }

    #[test]
    fn what_was_not_seen_live_stays_unknown_and_a_link_that_the_plan_takes_away_is_gone() {
        let mut live = live();
        live.resources[0].mark_unknown("replication.replicas", "rds:DescribeDBInstances denied");
        live.resources[0].link(Rel::EncryptedBy, Some("key"));
        live.resources[0].link(Rel::InSubnetGroup, Some("group"));
        let after = after_update(live, |_, before| before.link(Rel::EncryptedBy, Some("key")));
        assert_eq!(after.unknown["replication.replicas"], "rds:DescribeDBInstances denied");
        assert_eq!(*after.links, [Link { rel: Rel::InSubnetGroup, to: "group".to_owned(), at: None }]);
    }

    #[test]
    fn what_one_block_forgets_and_another_imports_stays_managed() {
        let both = |actions: [Action; 2]| {
            let [mut first, second] = actions.map(|action| plan(action, Fact::Absent));
            first.resources.extend(second.resources);
            let (after, notes) = lay_over(live(), first);
            assert_eq!(notes, Vec::<String>::new());
            after.resources.into_iter().map(|resource| resource.change.unwrap().action).collect::<Vec<_>>()
        };
        assert_eq!(both([Action::Forget, Action::NoOp]), [Action::NoOp]);
        assert_eq!(both([Action::NoOp, Action::Forget]), [Action::NoOp]);
        assert_eq!(both([Action::Forget, Action::Forget]), [Action::Forget]);
    }

    #[test]
    fn what_drifted_is_judged_as_it_is() {
        let (after, _) = lay_over(live(), plan(Action::NoOp, Fact::Known(35)));
        assert_eq!((&after.resources[0].backup, &after.resources[0].before), (&live().resources[0].backup, &None));
        assert_eq!(after.resources[0].origin.address.as_deref(), Some("aws_db_instance.orders"));
    }

    #[test]
    fn what_is_created_is_added_and_what_is_not_found_is_said() {
        let (after, notes) = lay_over(Inventory::new("aws", Timestamp::UNIX_EPOCH), plan(Action::Update, Fact::Absent));
        assert_eq!(after.resources.len(), 1);
        let said = "aws_db_instance.orders was not found in the live estate, so only the plan speaks for it";
        assert_eq!(notes, [said]);
    }
}
