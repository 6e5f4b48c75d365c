//! `terraform show -json` of a plan, every format version.

mod partial;
mod replaced;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::configuration::{Configuration, ConfigurationFile};
use super::mapping::{Type, Types};
use super::place::{Places, StatedPlaces, Witness};
use super::state::{PriorState, StateValues};
use super::world::Stack;
use super::{address, values};
use crate::collect::source::Expressions;
use crate::collect::terraform::error::TerraformError;
use crate::collect::terraform::identity;
use crate::collect::terraform::instance::Instance;
use crate::collect::terraform::parts::{Document, parse};
use crate::collect::terraform::reading::Reading;
use crate::model::{Action, Change};

/// A row of `resource_changes`.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow, default)]
    module_address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    mode: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    terraform_type: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    index: Option<Value>,
    #[serde(default)]
    deposed: Option<String>,
    #[serde(borrow, default)]
    provider_name: Option<Cow<'a, str>>,
    #[serde(default)]
    previous_address: Option<String>,
    #[serde(borrow)]
    change: &'a RawValue,
}

#[derive(Deserialize)]
struct ChangeFile<'a> {
    #[serde(default)]
    actions: Vec<String>,
    #[serde(borrow, default)]
    before: Option<&'a RawValue>,
    #[serde(borrow, default)]
    after: Option<&'a RawValue>,
    #[serde(borrow, default)]
    after_unknown: Option<&'a RawValue>,
    #[serde(borrow, default)]
    before_sensitive: Option<&'a RawValue>,
    #[serde(borrow, default)]
    after_sensitive: Option<&'a RawValue>,
    #[serde(default)]
    before_identity: Option<Value>,
    #[serde(default)]
    after_identity: Option<Value>,
    #[serde(default)]
    importing: Option<Value>,
    #[serde(default)]
    replace_paths: Option<Vec<Value>>,
}

/// What is done, of a row of which nothing else is read.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    actions: Vec<String>,
}

/// A change that waits for the next plan.
#[derive(Deserialize)]
struct Deferred<'a> {
    #[serde(borrow, default)]
    resource_change: Option<Row<'a>>,
}

#[derive(Deserialize)]
struct Variable {
    #[serde(default)]
    value: Value,
}

/// Reads a plan.
pub(super) fn read(
    document: &Document<'_>,
    types: &'static Types,
    stated: &StatedPlaces,
) -> Result<Reading, TerraformError> {
    if document.errored.unwrap_or(false) {
        return Err(TerraformError::Errored);
    }
    let rows: Vec<Row<'_>> = match document.resource_changes {
        Some(raw) => parse("resource_changes", raw)?,
        None => Vec::new(),
    };
    let deferred: Vec<Deferred<'_>> = match document.deferred_changes {
        Some(raw) => parse("deferred_changes", raw)?,
        None => Vec::new(),
    };
    let drift_only = document.resource_drift.is_some();
    if document.resource_changes.is_none() && !drift_only && planned_resources(document)? > 0 {
        return Err(TerraformError::NoChanges);
    }
    let variables: HashMap<String, Variable> = match document.variables {
        Some(raw) => parse("variables", raw)?,
        None => HashMap::new(),
    };
    let variables = variables.into_iter().map(|(name, variable)| (name, variable.value)).collect();
    let configuration = match document.configuration {
        Some(raw) => {
            let file: ConfigurationFile<'_> = parse("configuration", raw)?;
            let wrong = |source| TerraformError::Part { part: "configuration".to_owned(), source };
            Some(Configuration::new(file, variables, types).map_err(wrong)?)
        }
        None => None,
    };
    let is_complete = document.complete.unwrap_or_else(|| {
        document.resource_changes.is_none()
            || configuration.as_ref().is_none_or(|code| has_all_of(code, &rows, &deferred))
    });
    let mut reading = Reading::new(types);
    for row in rows {
        reading.add_row(row, configuration.as_ref())?;
    }
    for row in deferred.into_iter().filter_map(|deferred| deferred.resource_change) {
        reading.deferred += usize::from(row.mode.as_deref().is_none_or(|mode| mode == "managed"));
        reading.add_row(row, configuration.as_ref())?;
    }
    let only_refreshes = document.resource_changes.is_none() && document.deferred_changes.is_none();
    if only_refreshes {
        reading.add_drift(document, configuration.as_ref())?;
    }
    if only_refreshes || !is_complete {
        reading.add_prior(document, configuration.as_ref())?;
    }
    if let (Some(configuration), false) = (&configuration, is_complete) {
        reading.add_left_out(configuration)?;
    }
    reading.recall(document);
    reading.say_what_is_missing(document, is_complete)?;
    let addresses = reading.stack.instances.iter().map(|instance| instance.address.clone());
    let expressions = Expressions::new(stated.code.as_ref(), addresses);
    let learn = |witnesses: &[Witness]| {
        Places::learn(&reading.stack.instances, types, witnesses, configuration.as_ref(), stated, Some(&expressions))
    };
    let mut places = learn(&[]);
    if places.has_gaps() {
        places = learn(&witnesses(document, configuration.as_ref(), types));
    }
    let is_complete = is_complete && reading.deferred == 0 && !only_refreshes;
    reading.stack = Stack { configuration, is_complete, places, expressions, ..reading.stack };
    reading.replace_by_name();
    Ok(reading)
}

/// Whether each block of the code that is not counted has a row. OpenTofu, and Terraform before 1.8, do not say that
/// something was left out by `-target` or `-exclude`.
fn has_all_of(code: &Configuration, rows: &[Row<'_>], deferred: &[Deferred<'_>]) -> bool {
    let of_rows = rows.iter().chain(deferred.iter().filter_map(|deferred| deferred.resource_change.as_ref()));
    let there: HashSet<(String, String)> = of_rows
        .map(|row| {
            let module = row.module_address.as_deref().unwrap_or_default();
            (address::path(module), format!("{}.{}", row.terraform_type, row.name))
        })
        .collect();
    code.always_there().all(|(path, block)| there.contains(&(path.to_owned(), block.to_owned())))
}

/// What everything in the plan says of the places of the providers, data sources and types that are not mapped included.
/// It is read for nothing else, so what is odd in it is passed over.
fn witnesses(document: &Document<'_>, configuration: Option<&Configuration>, types: &Types) -> Vec<Witness> {
    let prior = document.prior_state.and_then(|raw| serde_json::from_str::<PriorState<'_>>(raw.get()).ok());
    let planned = document.planned_values.and_then(|raw| serde_json::from_str::<StateValues<'_>>(raw.get()).ok());
    let all = prior.map(|prior| prior.values).into_iter().chain(planned);
    all.flat_map(|values| values.witnesses(configuration, types)).collect()
}

/// Resources in `planned_values`, to tell an empty plan from a part of one.
fn planned_resources(document: &Document<'_>) -> Result<usize, TerraformError> {
    let Some(raw) = document.planned_values else { return Ok(0) };
    Ok(parse::<StateValues<'_>>("planned_values", raw)?.count())
}

impl Reading {
    /// Of what is in the code no more, the prior state says at least what it was made after.
    fn recall(&mut self, document: &Document<'_>) {
        let is_out = |instance: &&mut Instance| instance.provider.is_empty();
        let mut out = self.stack.instances.iter_mut().filter(is_out).peekable();
        let prior = document.prior_state.filter(|_| out.peek().is_some());
        let prior = prior.and_then(|raw| serde_json::from_str::<PriorState<'_>>(raw.get()).ok());
        let mut dependencies = prior.map(|prior| prior.values.dependencies()).unwrap_or_default();
        for instance in out {
            let former = instance.change.as_ref().and_then(|change| change.moved_from.as_deref());
            instance.depends_on = dependencies.remove(former.unwrap_or(&instance.address)).unwrap_or_default();
        }
    }

    fn add_row(&mut self, row: Row<'_>, configuration: Option<&Configuration>) -> Result<(), TerraformError> {
        if row.mode.as_deref().is_some_and(|mode| mode != "managed") {
            return Ok(());
        }
        let is_called = |kind: &&Type| row.provider_name.as_deref().is_none_or(|name| kind.provider.is_called(name));
        let kind = self.stack.types.find(&row.terraform_type).filter(is_called);
        let Some(kind) = kind else {
            self.not_understood(&row.terraform_type);
            // Of a provider that is not understood nothing is read but what is done.
            if let Ok(Done { actions }) = serde_json::from_str(row.change.get())
                && let Some(action) = done(&actions).filter(|action| *action != Action::NoOp)
            {
                *self.planned.entry(action).or_default() += 1;
            }
            return Ok(());
        };
        let wrong = |source| TerraformError::Part { part: row.address.to_string(), source };
        let change: ChangeFile<'_> = serde_json::from_str(row.change.get()).map_err(wrong)?;
        let read = |raw| values::read(raw, kind).map_err(wrong);
        let mask = |raw| values::mask(raw, kind).map_err(wrong);
        let (mut before, mut after) = (read(change.before)?, read(change.after)?);
        let (mut unknown_before, mut unknown) = (Value::Null, mask(change.after_unknown)?);
        values::redact(&mut before, &mut unknown_before, &mask(change.before_sensitive)?);
        values::redact(&mut after, &mut unknown, &mask(change.after_sensitive)?);
        let Some(action) = action(&change, &before, &after) else { return Ok(()) };
        let outlives = action == Action::Delete && kind.provider.outlive.contains(&kind.name);
        let action = if outlives { Action::Forget } else { action };
        // A no-op from null to null is an object already gone: skip it. Every other row is a resource, even without
        // values.
        if action == Action::NoOp && before.is_null() && after.is_null() {
            return Ok(());
        }
        if action != Action::Create {
            values::fill(&mut before, &mut unknown_before);
        }
        if !matches!(action, Action::Delete | Action::Forget) {
            values::fill(&mut after, &mut unknown);
        }
        let module = row.module_address.unwrap_or_default().into_owned();
        let block = format!("{}.{}", row.terraform_type, row.name);
        let code = configuration.and_then(|configuration| configuration.block(&module, &block));
        let hides_region =
            configuration.zip(code).is_some_and(|(all, block)| all.hides_region(&module, block, kind.provider));
        // What an interrupted replacement left is called so by Terraform, too.
        let deposed = row.deposed.map(|key| format!(" (deposed object {key})")).unwrap_or_default();
        let imported = change.importing.as_ref().and_then(|importing| importing.get("identity"));
        // What is made in its place may be made elsewhere.
        let old = change.before_identity.iter().filter(|_| action != Action::Replace);
        let identity = identity::of(kind.provider, old.chain(&change.after_identity).chain(imported));
        let instance = Instance {
            provider: code.map(|block| block.provider.clone()).unwrap_or_default(),
            sets_region: hides_region,
            left_out: false,
            lacks: None,
            identity,
            replaces: None,
            depends_on: Vec::new(),
            address: format!("{}{deposed}", row.address),
            module,
            kind,
            name: row.name.into_owned(),
            key: row.index.as_ref().and_then(address::key),
            change: Some(Change {
                action,
                replace_paths: change.replace_paths.iter().flatten().map(dotted).collect(),
                importing: change.importing.is_some(),
                moved_from: row.previous_address,
            }),
            before,
            unknown_before,
            after,
            unknown,
        };
        match change.actions.iter().any(|action| action == "forget") && action == Action::Replace {
            true => self.push_forgotten(instance),
            false => self.push(instance),
        }
    }

    /// The new object comes beside the old one, which stays, and only Terraform knows of it no more.
    fn push_forgotten(&mut self, mut new: Instance) -> Result<(), TerraformError> {
        let missing = || (Value::Null, Value::Null);
        let (before, unknown_before) = (std::mem::take(&mut new.before), std::mem::take(&mut new.unknown_before));
        let ((after, unknown), forget) = (missing(), Change::of(Action::Forget));
        self.push(Instance {
            address: format!("{} (forgotten object)", new.address),
            module: new.module.clone(),
            name: new.name.clone(),
            key: new.key.clone(),
            provider: new.provider.clone(),
            identity: new.identity.clone(),
            depends_on: Vec::new(),
            lacks: None,
            change: Some(forget),
            before,
            unknown_before,
            after,
            unknown,
            ..new
        })?;
        if let Some(change) = &mut new.change {
            (change.action, change.moved_from) = (Action::Create, None);
        }
        self.push(new)
    }
}

/// What the change does; `None` for what is read only. Actions of a newer version are judged by what they leave.
fn action(change: &ChangeFile<'_>, before: &Value, after: &Value) -> Option<Action> {
    if let ["read"] = change.actions.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return None;
    }
    done(&change.actions).or_else(|| match (before.is_null(), after.is_null()) {
        (true, true) => None,
        (true, false) => Some(Action::Create),
        (false, true) => Some(Action::Delete),
        (false, false) => Some(Action::Update),
    })
}

/// The action of those names. None: they are no change, or those of a newer version.
pub(super) fn done(actions: &[String]) -> Option<Action> {
    Some(match actions.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["no-op"] => Action::NoOp,
        ["create"] => Action::Create,
        ["update"] => Action::Update,
        ["delete"] => Action::Delete,
        ["forget"] => Action::Forget,
        ["delete", "create"] | ["create", "delete"] | ["create", "forget"] | ["forget", "create"] => Action::Replace,
        _ => return None,
    })
}

/// A path of `replace_paths`: `rule.0.schedule`.
fn dotted(path: &Value) -> String {
    values::items(path).iter().filter_map(values::text).collect::<Vec<_>>().join(".")
}
