//! A plan laid over the live estate: the estate as it will be, with what the plan does to each resource.
//!
//! The plan knows what it sets; the live estate knows the rest. So a fact of the plan wins where it is known, a fact that
//! the plan says will be known only after apply is unknown, and everything else stays as it was seen.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::model::{Action, Inventory, Resource};

/// Parts of a resource that are no facts of it.
const ENVELOPE: &[&str] = &["id", "kind", "name", "links", "unknown", "origin", "change", "before", "joined"];

/// Lays `plan` over `live`. The returned sentences say what could not be matched.
pub fn lay_over(live: Inventory, plan: Inventory) -> (Inventory, Vec<String>) {
    let index = Index::new(&live);
    let mut notes = Vec::new();
    let mut touched: HashMap<usize, Resource> = HashMap::new();
    let mut created = Vec::new();
    for planned in plan.resources {
        let action = planned.change.as_ref().map_or(Action::NoOp, |change| change.action);
        match index.find(&planned) {
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
    laid.change = planned.change;
    laid.before = match action {
        Action::NoOp => None,
        _ => Some(Box::new(with_code_facts(live, planned.before.as_deref()))),
    };
    laid
}

/// The live resource, with what only code knows of it (`skip_final_snapshot`) from the state before the plan.
fn with_code_facts(live: &Resource, before: Option<&Resource>) -> Resource {
    before.map_or_else(|| live.clone(), |before| fill(live, before, &|_| false))
}

/// The plan's facts, and the live ones where the plan says nothing.
fn merged(live: &Resource, planned: &Resource) -> Resource {
    let after_apply = |path: &str| planned.unknown.keys().any(|unknown| path == unknown);
    let mut laid = fill(planned, live, &after_apply);
    for link in &live.links {
        if !laid.links.iter().any(|mine| mine.rel == link.rel) {
            laid.links.push(link.clone());
        }
    }
    laid
}

/// `first`, and `second` for every fact that it does not know, unless `keep_out` names its path.
fn fill(first: &Resource, second: &Resource, keep_out: &dyn Fn(&str) -> bool) -> Resource {
    let (Ok(Value::Object(mut top)), Ok(Value::Object(bottom))) =
        (serde_json::to_value(first), serde_json::to_value(second))
    else {
        return first.clone();
    };
    fill_map(&mut top, bottom, "", keep_out);
    serde_json::from_value(Value::Object(top)).unwrap_or_else(|_| first.clone())
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
    use crate::model::{Backup, Change, Fact, Kind, Origin, Place, Protection, Status, Timestamp};

    const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";

    fn database(id: &str) -> Resource {
        Resource::new(Kind::of("aws.rds.instance"), id, "orders", Place::new("111122223333", "us-east-1"))
    }

    fn live() -> Inventory {
        let mut resource = database(ARN);
        resource.backup = Some(Box::new(Backup {
            retention_days: Fact::Known(7),
            point_in_time: Fact::Known(true),
            enabled: Fact::Known(true),
            ..Backup::default()
        }));
        resource.status = Some(Box::new(Status { healthy: Fact::Known(true), ..Status::default() }));
        Inventory { resources: vec![resource], ..Inventory::new("aws", Timestamp::UNIX_EPOCH) }
    }

    fn plan(action: Action, days: Fact<u32>) -> Inventory {
        let address = "aws_db_instance.orders";
        let mut resource = database(address);
        resource.place = Place { account: Fact::Unknown, ..Place::new("", "us-east-1") };
        resource.backup = Some(Box::new(Backup { retention_days: days, ..Backup::default() }));
        resource.mark_unknown("backup.point_in_time", "known after apply");
        resource.origin = Origin { address: Some(address.to_owned()), ..Origin::default() };
        resource.change =
            Some(Box::new(Change { action, replace_paths: Vec::new(), importing: false, moved_from: None }));
        let mut before = database(address);
        before.protection = Some(Box::new(Protection { final_snapshot: Fact::Known(false), ..Protection::default() }));
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

    #[test]
    fn what_is_created_is_added_and_what_is_not_found_is_said() {
        let (after, notes) = lay_over(Inventory::new("aws", Timestamp::UNIX_EPOCH), plan(Action::Update, Fact::Absent));
        assert_eq!(after.resources.len(), 1);
        let said = "aws_db_instance.orders was not found in the live estate, so only the plan speaks for it";
        assert_eq!(notes, [said]);
    }
}
