//! Settings of a plan that no inventory tells: what there are, and what is done with them.

use serde_json::{Value, json};

use super::super::back::Given;
use super::super::wanted::Wanted;
use super::blocks::{MAPPING, block};
use super::shapes::shape;
use crate::config::{Config, Objective};
use crate::model::Pattern;
use crate::result::SwitchStep;
use crate::text::{did_you_mean, list};

/// What can be given for the plan as a whole.
const OF_PLAN: &[&str] = &["name", "executionRole", "recoveryApproach", "approvalRole"];
/// What can be given for every step, or for one: `NAME.timeoutMinutes`.
const OF_STEPS: &[&str] =
    &["timeoutMinutes", "targetPercent", "capacityMonitoringApproach", "behavior", "crossAccountRole", "externalId"];
/// An alarm by its name in the plan: `alarm.health=ARN`.
pub(super) const ALARM: &str = "alarm.";

/// Only settings that something reads.
pub(super) fn known(given: &Given) -> Result<(), String> {
    for key in given.keys() {
        let bare = key.rsplit_once('.').map_or(key.as_str(), |(_, bare)| bare);
        let is_known = OF_PLAN.contains(&key.as_str())
            || OF_STEPS.contains(&bare)
            || key.strip_prefix(ALARM).is_some_and(|name| !name.is_empty());
        if !is_known {
            let all = || OF_PLAN.iter().chain(OF_STEPS).copied();
            let names: Vec<String> = all().map(str::to_owned).collect();
            return Err(format!(
                "there is no setting '{key}'{}: there are {} and {ALARM}NAME",
                did_you_mean(bare, all()),
                list(&names)
            ));
        }
    }
    Ok(())
}

pub(super) fn objective(config: &Config, wanted: &Wanted) -> Objective {
    config.applications.get(&wanted.application).map(|it| it.objective()).unwrap_or_default().or(&config.defaults)
}

pub(super) fn approach(config: &Config, wanted: &Wanted) -> Option<String> {
    let of_pattern = || match objective(config, wanted).pattern? {
        Pattern::ActiveActive => Some("activeActive".to_owned()),
        _ => Some("activePassive".to_owned()),
    };
    wanted.given.get("recoveryApproach").cloned().or_else(of_pattern)
}

/// The name of the plan: that of the application, where a plan may be called so.
pub(super) fn name(wanted: &Wanted) -> Option<String> {
    let name = wanted.given.get("name").unwrap_or(&wanted.application);
    let is_good = name.len() <= 32
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    is_good.then(|| name.clone())
}

/// What a plan has to have and neither the estate nor anybody says.
pub(super) fn missing(config: &Config, wanted: &Wanted) -> Vec<String> {
    let all = [
        ("name", name(wanted).is_some()),
        ("executionRole", wanted.given.contains_key("executionRole")),
        ("recoveryApproach", approach(config, wanted).is_some()),
    ];
    all.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name.to_owned()).collect()
}

/// The step with what was given for all of them, or for it.
pub(super) fn settled(step: &SwitchStep, own: &str, given: &Given) -> SwitchStep {
    let mut step = step.clone();
    let kind = step.execution_block_type.clone();
    let Some(block) = block(&kind) else { return step };
    let configuration = shape("ExecutionBlockConfiguration").and_then(|it| shape(it.members.get(block.configuration)?));
    let Some(configuration) = configuration else { return step };
    for setting in OF_STEPS {
        let Some(text) = given.get(&format!("{own}.{setting}")).or_else(|| given.get(*setting)) else { continue };
        let number = |text: &str| text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number));
        let value = if ["timeoutMinutes", "targetPercent"].contains(setting) { number(text) } else { json!(text) };
        let Some(target) = step.execution_block_configuration.get_mut(block.configuration) else { continue };
        if configuration.members.contains_key(*setting) {
            target[*setting] = value;
        } else if setting.starts_with("cross") || *setting == "externalId" {
            inside(target, &kind, setting, &value);
        }
    }
    step
}

/// Roles stand with each of what is named, where a step names several.
fn inside(target: &mut Value, kind: &str, setting: &str, value: &Value) {
    for items in target.as_object_mut().into_iter().flat_map(|members| members.values_mut()) {
        match items {
            Value::Array(items) => {
                items.iter_mut().filter(|item| item.is_object()).for_each(|item| item[setting] = value.clone())
            }
            Value::Object(items) if kind == MAPPING => {
                items.values_mut().filter(|item| item.is_object()).for_each(|item| item[setting] = value.clone());
            }
            _ => {}
        }
    }
}
