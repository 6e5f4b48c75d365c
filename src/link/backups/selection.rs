//! Whether a backup plan selects a resource, and whether the service then backs it up.

use super::super::opt_ins::Region;
use super::super::why;
use crate::kinds::ArnForm;
use crate::model::{Fact, PlanSelection, Resource, TagCondition, Tags};
use crate::providers::aws::names;
use crate::text::wildcard;

/// Why it cannot be told whether a plan selects a resource. Every plan meets every resource, and of all their doubts
/// few are ever said.
#[derive(Clone, Copy)]
pub(in crate::link) struct Doubt<'p> {
    pub(in crate::link) plan: &'p Resource,
    /// The selection that is in doubt; else the fact of the plan is not known.
    pub(in crate::link) selection: Option<&'p PlanSelection>,
    pub(in crate::link) fact: &'static str,
}

impl Doubt<'_> {
    pub(in crate::link) fn sentence(self) -> String {
        let plan = &self.plan.name;
        match self.selection {
            Some(selection) => {
                let name = selection.name.text().unwrap_or("without a name");
                format!("whether selection '{name}' of plan '{plan}' selects it is not known")
            }
            None => format!("{plan}: {}", why(self.plan, self.fact)),
        }
    }
}

const SELECTIONS: &str = "plan.selections";
const SWITCHED_OFF: &str = "plan.switched_off";

/// A selection names the resource, or its service, and not just everything.
fn is_named(selection: &PlanSelection, resource: &Resource) -> bool {
    let patterns = selection.resources.known().into_iter().flatten();
    let mut named = patterns.filter(|pattern| {
        let service = pattern.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(1));
        service.map_or(!pattern.contains('*'), |service| !service.contains('*'))
    });
    named.any(|pattern| matches_pattern(pattern, resource))
}

/// What a plan does with a resource.
pub(in crate::link) enum Selects {
    Yes,
    No,
    /// It selects it, and the service is switched off for its type.
    SwitchedOff,
}

/// Whether a plan selects a resource.
pub(in crate::link) fn selects<'p>(
    plan: &'p Resource,
    resource: &Resource,
    region: &Region<'_>,
) -> Result<Selects, Doubt<'p>> {
    let selections = plan.plan.as_ref().and_then(|facts| facts.selections.known());
    let all_known = selections.is_some() && !plan.unknown.contains_key(SELECTIONS);
    let mut doubt = (!all_known).then_some(Doubt { plan, selection: None, fact: SELECTIONS });
    let mut otherwise = Selects::No;
    for (number, selection) in selections.into_iter().flatten().enumerate() {
        // A list of it may be longer than what is known of it.
        let is_selected = selected(selection, resource).filter(|_| !is_in_part(plan, number));
        if is_selected == Some(false) {
            continue;
        }
        match (is_selected, region.is_on(plan, || is_named(selection, resource))) {
            (Some(_), Some(false)) => otherwise = Selects::SwitchedOff,
            (None, Some(false)) => {}
            (None, _) => doubt = doubt.or(Some(Doubt { plan, selection: Some(selection), fact: SELECTIONS })),
            (_, None) => doubt = doubt.or(Some(Doubt { plan, selection: None, fact: SWITCHED_OFF })),
            (Some(_), Some(true)) => return Ok(Selects::Yes),
        }
    }
    doubt.map_or(Ok(otherwise), Err)
}

/// Something of a selection is known in part.
fn is_in_part(plan: &Resource, number: usize) -> bool {
    let mut marked = plan.unknown.keys().filter_map(|path| path.strip_prefix(SELECTIONS)?.strip_prefix('.'));
    marked.any(|path| path.split('.').next().and_then(|at| at.parse().ok()) == Some(number))
}

/// Whether a selection selects a resource. `None`: it cannot be told.
fn selected(selection: &PlanSelection, resource: &Resource) -> Option<bool> {
    let PlanSelection { resources, excluded, tags, conditional, conditions, .. } = selection;
    let included = by_pattern(resources, resource);
    let tagged = by_tag(tags, resource);
    // A selection that names nothing selects everything that can be backed up.
    let names_nothing = is_empty(resources) && is_empty(tags);
    let wanted = match (included, tagged) {
        _ if names_nothing => Some(true),
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    let unconditional = match (conditional, conditions) {
        (Fact::Known(false) | Fact::Absent, _) => Some(true),
        (Fact::Known(true), Fact::Known(conditions)) if !conditions.is_empty() => meets(conditions, resource),
        (Fact::Known(true) | Fact::Unknown, _) => None,
    };
    let kept = by_pattern(excluded, resource).map(|excluded| !excluded);
    all_of(&[wanted, unconditional, kept])
}

fn all_of(all: &[Option<bool>]) -> Option<bool> {
    match all {
        all if all.contains(&Some(false)) => Some(false),
        all if all.contains(&None) => None,
        _ => Some(true),
    }
}

/// Whether the tags of a resource meet all conditions.
fn meets(conditions: &[TagCondition], resource: &Resource) -> Option<bool> {
    let all: Vec<Option<bool>> = conditions.iter().map(|condition| meets_one(condition, resource)).collect();
    all_of(&all)
}

fn meets_one(condition: &TagCondition, resource: &Resource) -> Option<bool> {
    let (what, key, value) = (condition.what.text()?, condition.key.text()?, condition.value.text()?);
    let (is_like, is_negated) = match what {
        "equals" => (false, false),
        "like" => (true, false),
        "not-equals" => (false, true),
        "not-like" => (true, true),
        _ => return None,
    };
    let tag = match &resource.tags {
        Fact::Known(tags) => tags.get(key),
        Fact::Absent => None,
        Fact::Unknown => return None,
    };
    match tag {
        Some(tag) => Some((if is_like { wildcard::matches(value, tag) } else { tag == value }) != is_negated),
        None if is_tagged_in_part(resource) => None,
        // What has other tags and not this one opts out of nothing. Whether that holds for what has no tag at all, the
        // service does not say: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Conditions.html
        None if is_negated => resource.tags.known().is_some_and(|tags| !tags.is_empty()).then_some(true),
        None => Some(false),
    }
}

fn is_empty(list: &Fact<Vec<String>>) -> bool {
    match list {
        Fact::Known(list) => list.is_empty(),
        Fact::Absent => true,
        Fact::Unknown => false,
    }
}

fn by_pattern(patterns: &Fact<Vec<String>>, resource: &Resource) -> Option<bool> {
    let patterns = match patterns {
        Fact::Known(patterns) => patterns,
        Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let expected = expected_arn(resource);
    let hit = patterns.iter().any(|pattern| {
        matches_pattern(pattern, resource)
            || expected.as_ref().is_some_and(|expected| wildcard::matches(pattern, expected))
    });
    // Before the resource exists it has no ARN that a pattern of ARNs could match.
    let comparable = resource.id.starts_with("arn:") || patterns.iter().all(|pattern| !pattern.starts_with("arn:"));
    if hit || comparable { Some(hit) } else { None }
}

fn matches_pattern(pattern: &str, resource: &Resource) -> bool {
    let is_its_address = || resource.origin.scoped_address().as_deref() == Some(pattern);
    wildcard::matches(pattern, &resource.id) || is_its_address()
}

/// The ARN that a resource will have, with a mark in place of what is not known of it yet: a pattern matches it only if it
/// leaves that open.
fn expected_arn(resource: &Resource) -> Option<String> {
    const OPEN: &str = "\u{0}";
    if resource.id.starts_with("arn:") {
        return None;
    }
    let ArnForm { service, name, has_place } = resource.kind.info().backup?.arn;
    if !has_place {
        return Some(format!("arn:{OPEN}:{service}:::{name}{OPEN}"));
    }
    let (account, region) = (resource.account().unwrap_or(OPEN), resource.region().unwrap_or(OPEN));
    // Its partition is that of its region.
    let partition = if region == OPEN { OPEN } else { names::partition(region) };
    Some(format!("arn:{partition}:{service}:{region}:{account}:{name}{OPEN}"))
}

fn by_tag(wanted: &Fact<Vec<String>>, resource: &Resource) -> Option<bool> {
    let wanted = match wanted {
        Fact::Known(wanted) if !wanted.is_empty() => wanted,
        Fact::Known(_) | Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let tags = match &resource.tags {
        Fact::Known(tags) => tags,
        Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let hit = wanted.iter().any(|wanted| has_tag(tags, wanted));
    if !hit && is_tagged_in_part(resource) { None } else { Some(hit) }
}

/// Whether a `key=value` is among the tags. A key may have the sign in it, too.
pub(in crate::link) fn has_tag(tags: &Tags, wanted: &str) -> bool {
    tags.iter()
        .any(|(name, value)| wanted.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix('=')) == Some(value))
}

/// It may have more tags than are known.
pub(in crate::link) fn is_tagged_in_part(resource: &Resource) -> bool {
    resource.unknown.keys().any(|path| path == "tags" || path.starts_with("tags."))
}
