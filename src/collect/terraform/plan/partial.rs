//! Plans that are not everything: made with `-target` or `-refresh-only`, or with changes that wait for the next plan.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::super::address;
use super::super::configuration::Configuration;
use super::super::state::PriorState;
use super::Row;
use crate::collect::terraform::error::TerraformError;
use crate::collect::terraform::instance::Instance;
use crate::collect::terraform::parts::{Document, parse};
use crate::collect::terraform::provider::Told;
use crate::collect::terraform::reading::Reading;
use crate::model::{Action, Change};
use crate::text::{clip, count};

/// A row of `action_invocations`, alone or in one of `deferred_action_invocations`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Invocation {
    address: String,
    action_invocation: Option<Box<Self>>,
}

/// A row of `checks`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Check {
    address: CheckAddress,
    status: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CheckAddress {
    to_display: String,
}

impl Reading {
    /// What changed outside of Terraform, where the plan does nothing else than to take note of it.
    pub(super) fn add_drift(
        &mut self,
        document: &Document<'_>,
        configuration: Option<&Configuration>,
    ) -> Result<(), TerraformError> {
        let Some(raw) = document.resource_drift else { return Ok(()) };
        let rows: Vec<Row<'_>> = parse("resource_drift", raw)?;
        for row in rows {
            self.add_row(row, configuration)?;
        }
        if document.prior_state.is_some() {
            self.notes
                .push("the plan only refreshes: what changed outside of Terraform is judged as its change".to_owned());
        }
        Ok(())
    }

    /// What is there already and has no row, because the plan leaves it as it is.
    pub(super) fn add_prior(
        &mut self,
        document: &Document<'_>,
        configuration: Option<&Configuration>,
    ) -> Result<(), TerraformError> {
        let Some(raw) = document.prior_state else { return Ok(()) };
        let prior: PriorState<'_> = parse("prior_state", raw)?;
        let mut known: HashSet<String> = HashSet::new();
        for instance in &self.stack.instances {
            known.insert(instance.address.clone());
            known.extend(instance.change.as_ref().and_then(|change| change.moved_from.clone()));
        }
        let mut state = Self::new(self.stack.types);
        state.add_shown(prior.values)?;
        for mut instance in state.stack.instances {
            if known.contains(&instance.address) {
                continue;
            }
            let code = configuration.and_then(|all| all.block(&instance.module, &instance.block()));
            instance.provider = code.map(|block| block.provider.clone()).unwrap_or_default();
            instance.sets_region = configuration
                .zip(code)
                .is_some_and(|(all, block)| all.hides_region(&instance.module, block, instance.kind.provider));
            instance.before = instance.after.clone();
            instance.unknown_before = instance.unknown.clone();
            instance.change = Some(Change::of(Action::NoOp));
            self.push(instance)?;
        }
        Ok(())
    }

    /// What the code has, and neither a row nor the state has.
    pub(super) fn add_left_out(&mut self, configuration: &Configuration) -> Result<(), TerraformError> {
        let there: HashSet<(String, String)> =
            self.stack.instances.iter().map(|one| (one.module.clone(), one.block())).collect();
        let mut modules: HashSet<&str> = there.iter().map(|(module, _)| module.as_str()).collect();
        modules.insert("");
        let mut left_out = Vec::new();
        for (path, block, provider) in configuration.managed_blocks() {
            let Some((kind, name)) = block.split_once('.') else { continue };
            let Some(kind) = self.stack.types.find(kind) else { continue };
            let instances: Vec<&str> = modules.iter().filter(|module| address::path(module) == path).copied().collect();
            let plain: String = path
                .split('.')
                .filter(|name| !name.is_empty())
                .fold(String::new(), |module, call| address::child(&module, call, None));
            let instances = if instances.is_empty() { vec![plain.as_str()] } else { instances };
            for module in instances {
                if there.contains(&(module.to_owned(), block.to_owned())) {
                    continue;
                }
                let dot = if module.is_empty() { "" } else { "." };
                left_out.push(Instance {
                    address: format!("{module}{dot}{block}"),
                    module: module.to_owned(),
                    kind,
                    name: name.to_owned(),
                    key: None,
                    provider: provider.to_owned(),
                    sets_region: false,
                    left_out: true,
                    lacks: None,
                    identity: Told::default(),
                    replaces: None,
                    depends_on: Vec::new(),
                    change: Some(Change::of(Action::NoOp)),
                    before: Value::Null,
                    unknown_before: Value::Null,
                    after: Value::Object(serde_json::Map::new()),
                    unknown: Value::Bool(true),
                });
            }
        }
        left_out.sort_by(|a, b| a.address.cmp(&b.address));
        left_out.into_iter().try_for_each(|instance| self.push(instance))
    }

    /// Says what of the plan was not read, and what it does beside its changes.
    pub(super) fn say_what_is_missing(
        &mut self,
        document: &Document<'_>,
        is_complete: bool,
    ) -> Result<(), TerraformError> {
        if !is_complete {
            let left_out: Vec<_> = self.stack.instances.iter().filter(|one| one.left_out).collect();
            let what = match left_out.first() {
                Some(first) if self.deferred == 0 => {
                    format!(
                        ": it leaves out {} of the code, first of all {}",
                        count(left_out.len(), "block"),
                        first.address
                    )
                }
                _ => String::new(),
            };
            self.incomplete.push(format!("the plan is not complete, as with -target or with deferred changes{what}"));
        }
        if self.deferred > 0 {
            let changes = count(self.deferred, "change");
            let verb = if self.deferred == 1 { "is" } else { "are" };
            self.incomplete.push(format!("{changes} {verb} deferred to the next plan, and judged as far as known"));
        }
        for (part, raw, how) in [
            ("action_invocations", document.action_invocations, "the plan runs"),
            ("deferred_action_invocations", document.deferred_action_invocations, "the plan defers"),
        ] {
            let rows: Vec<Invocation> = raw.map_or(Ok(Vec::new()), |raw| parse(part, raw))?;
            let names = rows.iter().map(|row| row.action_invocation.as_deref().unwrap_or(row).address.as_str());
            if let Some(first) = names.clone().min() {
                let actions = count(rows.len(), "action");
                let first = clip(first, 200);
                self.incomplete.push(format!("{how} {actions}, first of all {first}: what that does is not judged"));
            }
        }
        let checks: Vec<Check> = document.checks.map_or(Ok(Vec::new()), |raw| parse("checks", raw))?;
        for (status, how) in
            [("fail", "failed"), ("error", "could not be evaluated"), ("unknown", "known only after apply")]
        {
            let mut names: Vec<_> = checks.iter().filter(|check| check.status == status).collect();
            names.sort_by_key(|check| check.address.to_display.as_str());
            if let Some(first) = names.first() {
                let first = clip(&first.address.to_display, 200);
                self.notes.push(format!("{} of the plan {how}, first of all {first}", count(names.len(), "check")));
            }
        }
        if document.applyable == Some(false) && self.stack.instances.iter().any(|one| one.is_changed()) {
            self.incomplete.push("the plan says of itself that it cannot be applied".to_owned());
        }
        Ok(())
    }
}
