//! What findings about a plan belong to: its resources, also those that the model does not have, and the plan itself.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::address;
use crate::model::{Action, Change, Inventory, Kind, Origin, Place, Resource, scoped};

/// Adds what stands for the document, and for its resources that are not in the inventory. The answer: its id, and the
/// addresses of its resources.
pub(super) fn add(
    members: &Map<String, Value>,
    stack: Option<&str>,
    inventory: &mut Inventory,
) -> (String, BTreeSet<String>) {
    let is_plan = members.contains_key("resource_changes") || members.contains_key("planned_values");
    let source = if is_plan { "terraform-plan" } else { "terraform-state" };
    let mut there: BTreeSet<String> = inventory.resources.iter().filter_map(|one| one.origin.address.clone()).collect();
    let mut add = |row: &Value, action: Option<Action>| {
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let (Some(address), Some(of_type)) = (text("address"), text("type")) else { return };
        if !there.insert(address.to_owned()) {
            return;
        }
        let id = scoped(stack, address).into_owned();
        let mut resource =
            Resource::new(Kind::of("terraform.resource"), id, text("name").unwrap_or(address), Place::default());
        resource.origin = Origin {
            source: source.to_owned(),
            address: Some(address.to_owned()),
            stack: stack.map(str::to_owned),
            terraform_type: Some(of_type.to_owned()),
            ..Origin::default()
        }
        .into();
        let moved_from = text("previous_address").map(str::to_owned);
        // It was there before, and nothing is known of either.
        let was = matches!(action, Some(Action::Update | Action::Replace));
        resource.before = was.then(|| Box::new(resource.clone()));
        resource.change = action.map(|action| Box::new(Change { moved_from, ..Change::of(action) }));
        inventory.resources.push(resource);
    };
    for row in rows(members).filter(is_current) {
        let actions = row.pointer("/change/actions").and_then(Value::as_array).into_iter().flatten();
        let actions: Vec<String> = actions.filter_map(Value::as_str).map(str::to_owned).collect();
        // A data source that is read anew comes into being.
        let is_read = actions == ["read"];
        let action = if is_read { Action::Create } else { super::super::plan::done(&actions).unwrap_or(Action::NoOp) };
        add(row, Some(action));
    }
    let no_change = is_plan.then_some(Action::NoOp);
    let prior = members.get("prior_state").and_then(|state| state.get("values"));
    for values in [members.get("planned_values"), prior, members.get("values")].into_iter().flatten() {
        let mut modules: Vec<&Value> = values.get("root_module").into_iter().collect();
        while let Some(module) = modules.pop() {
            modules.extend(module.get("child_modules").and_then(Value::as_array).into_iter().flatten());
            let rows = module.get("resources").and_then(Value::as_array).into_iter().flatten();
            rows.for_each(|row| add(row, no_change));
        }
    }
    let id = scoped(stack, "terraform-plan").into_owned();
    let mut plan = Resource::new(Kind::of("terraform.plan"), id.clone(), stack.unwrap_or("plan"), Place::default());
    plan.origin = Origin { source: source.to_owned(), stack: stack.map(str::to_owned), ..Origin::default() }.into();
    inventory.resources.push(plan);
    inventory.sort();
    there.extend(rows(members).filter_map(former));
    (id, there)
}

/// Addresses of the rows that do something, if it is to read anew.
pub(super) fn changed(members: &Map<String, Value>) -> BTreeSet<String> {
    let is_left = |row: &&Value| row.pointer("/change/actions") == Some(&serde_json::json!(["no-op"]));
    let own = rows(members).filter(|row| is_current(row) && !is_left(row));
    let both = |row: &Value| [address(row), former(row)];
    own.flat_map(both).flatten().collect()
}

/// The address that it had.
fn former(row: &Value) -> Option<String> {
    row.get("previous_address").and_then(Value::as_str).map(str::to_owned)
}

/// Addresses of the resources in the code of modules below the root.
pub(super) fn relative(members: &Map<String, Value>) -> BTreeSet<String> {
    let root = members.get("configuration").and_then(|code| code.get("root_module"));
    let mut modules: Vec<&Value> = root.into_iter().flat_map(called).collect();
    let mut found = BTreeSet::new();
    while let Some(module) = modules.pop() {
        let rows = module.get("resources").and_then(Value::as_array).into_iter().flatten();
        found.extend(rows.filter_map(address));
        modules.extend(called(module));
    }
    found
}

/// The modules that a module of the code calls.
fn called(module: &Value) -> impl Iterator<Item = &Value> {
    let calls = module.get("module_calls").and_then(Value::as_object).into_iter().flatten();
    calls.filter_map(|(_, call)| call.get("module"))
}

/// A deposed object has the address of the one that came in its place, and is not the one that is meant by it.
fn is_current(row: &&Value) -> bool {
    row.get("deposed").is_none_or(Value::is_null)
}

fn rows(members: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let rows = |name: &str| members.get(name).and_then(Value::as_array).into_iter().flatten();
    let deferred = rows("deferred_changes").filter_map(|row| row.get("resource_change"));
    rows("resource_changes").chain(rows("resource_drift")).chain(deferred)
}
