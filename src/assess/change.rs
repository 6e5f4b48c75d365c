//! What a change has to do with it: the estate before against the estate after.

use std::collections::{BTreeMap, HashMap};

use super::{Estate, reference};
use crate::model::{Action, Inventory, Rel, Resource};
use crate::policy::PolicySet;
use crate::report::{ChangeStatus, ChangeSummary, Finding, FindingChange};
use crate::text;
use crate::verdict::{Evidence, Outcome};

/// The estate before a plan: what it creates is not there yet, and what it changes or deletes is as it was.
pub fn before(inventory: &Inventory) -> Inventory {
    let resources = inventory.resources.iter().filter_map(|resource| match &resource.change {
        None => Some(resource.clone()),
        Some(change) => match (&resource.before, change.action) {
            (Some(before), _) => Some((**before).clone()),
            (None, Action::NoOp | Action::Delete | Action::Forget) => Some(resource.clone()),
            (None, Action::Create | Action::Update | Action::Replace) => None,
        },
    });
    let mut before = Inventory { resources: resources.map(without_change).collect(), ..inventory.clone() };
    before.sort();
    before
}

fn without_change(mut resource: Resource) -> Resource {
    resource.change = None;
    resource.before = None;
    resource.joined = None;
    resource
}

/// Says of every finding whether the change introduces it, adds those that it fixes, and sums up.
pub(super) fn compare(
    policies: &PolicySet,
    after: Estate<'_>,
    before: Estate<'_>,
    findings: &mut Vec<Finding>,
) -> ChangeSummary {
    let mut was: HashMap<(usize, &str), Outcome> = HashMap::new();
    for verdict in &before.judged.verdicts {
        was.insert((verdict.policy, identity(&before.inventory.resources[verdict.resource])), verdict.outcome);
    }
    let mut is: HashMap<(usize, &str), Outcome> = HashMap::new();
    let mut resources: HashMap<&str, &Resource> = HashMap::new();
    for resource in &after.inventory.resources {
        resources.insert(resource.id.as_str(), resource);
    }
    for verdict in &after.judged.verdicts {
        is.insert((verdict.policy, former_identity(&after.inventory.resources[verdict.resource])), verdict.outcome);
    }
    for finding in findings.iter_mut().filter(|finding| finding.change.is_none()) {
        if !matches!(finding.outcome, Outcome::Fail | Outcome::Unknown | Outcome::Waived | Outcome::Error) {
            continue;
        }
        let Some(resource) = resources.get(finding.resource.id.as_str()) else { continue };
        let verdict = if finding.outcome == Outcome::Waived { Outcome::Fail } else { finding.outcome };
        let same = was.get(&(finding.policy, former_identity(resource))) == Some(&verdict);
        finding.change = Some(FindingChange {
            status: if same { ChangeStatus::Existing } else { ChangeStatus::Introduced },
            action: resource.change.as_ref().map(|change| change.action),
        });
    }
    for verdict in before.judged.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Fail) {
        let resource = &before.inventory.resources[verdict.resource];
        let gone = matches!(
            is.get(&(verdict.policy, identity(resource))),
            Some(Outcome::Fail | Outcome::Unknown | Outcome::Error)
        );
        if gone {
            continue;
        }
        let policy = &policies.policies()[verdict.policy];
        let fact = verdict.evidence.fact.as_deref();
        let now = after.inventory.resources.iter().find(|now| former_identity(now) == identity(resource));
        findings.push(Finding {
            policy: verdict.policy,
            outcome: Outcome::Pass,
            severity: verdict.severity,
            blocker: policy.is_blocker(),
            message: format!("no longer so: {}", verdict.message),
            evidence: Evidence { fact: verdict.evidence.fact.clone(), ..Evidence::default() },
            resource: reference(now.unwrap_or(resource), fact),
            fingerprint: super::baseline::fingerprint(policy.id(), resource, fact),
            change: Some(FindingChange {
                status: ChangeStatus::Fixed,
                action: now.and_then(|now| now.change.as_ref()).map(|change| change.action),
            }),
            waiver: None,
        });
    }
    summarize(after.inventory, findings)
}

/// What stays the same when a plan replaces a resource or learns its ARN.
fn identity(resource: &Resource) -> &str {
    resource.origin.address.as_deref().unwrap_or(&resource.id)
}

/// Its identity before the change.
fn former_identity(resource: &Resource) -> &str {
    let moved = resource.change.as_ref().and_then(|change| change.moved_from.as_deref());
    moved.unwrap_or_else(|| identity(resource))
}

fn summarize(after: &Inventory, findings: &[Finding]) -> ChangeSummary {
    let with = |status| {
        findings.iter().filter(move |finding| {
            finding.change.as_ref().is_some_and(|change| change.status == status)
                && (finding.outcome == Outcome::Fail || status == ChangeStatus::Fixed)
        })
    };
    let introduced: Vec<_> = with(ChangeStatus::Introduced).collect();
    let fixed = with(ChangeStatus::Fixed).count();
    let mut actions: BTreeMap<Action, usize> = BTreeMap::new();
    for change in after.resources.iter().filter_map(|resource| resource.change.as_ref()) {
        *actions.entry(change.action).or_default() += 1;
    }
    ChangeSummary {
        sentence: sentence(after, &introduced, fixed),
        introduced: introduced.len(),
        fixed,
        existing: with(ChangeStatus::Existing).count(),
        actions,
    }
}

fn sentence(after: &Inventory, introduced: &[&Finding], fixed: usize) -> String {
    let fixes = match fixed {
        0 => String::new(),
        count => format!(", and fixes {count}"),
    };
    let rank = |finding: &&&Finding| {
        (!finding.blocker, std::cmp::Reverse(finding.severity), finding.resource.id.clone(), finding.policy)
    };
    let worst = introduced.iter().min_by_key(rank);
    let Some(worst) = worst else {
        return match fixed {
            0 => "this change introduces no problem for recovery".to_owned(),
            _ => format!("this change introduces no problem for recovery and fixes {fixed}"),
        };
    };
    let at = worst.resource.location.as_ref().map(|at| format!(" ({}:{})", at.file, at.line)).unwrap_or_default();
    let more = match introduced.len() - 1 {
        0 => String::new(),
        1 => "; 1 more problem is introduced".to_owned(),
        more => format!("; {more} more problems are introduced"),
    };
    let resource = after.resources.iter().find(|resource| resource.id == worst.resource.id);
    if worst.blocker {
        let region = resource
            .and_then(|resource| resource.joined.as_ref()?.recovery_region.text())
            .map_or_else(|| "outside its region".to_owned(), |region| format!("in {region}"));
        let cause = resource.and_then(|resource| cause(after, resource)).unwrap_or_else(|| worst.message.clone());
        return format!("this change makes {} unrecoverable {region}: {cause}{at}{more}{fixes}", worst.resource.name);
    }
    format!(
        "this change introduces {} for recovery{fixes}, first of all to {}: {}{at}",
        text::count(introduced.len(), "problem"),
        worst.resource.name,
        worst.message
    )
}

/// What the plan deletes that the resource's recovery lived on.
fn cause(after: &Inventory, resource: &Resource) -> Option<String> {
    let deleted = after.resources.iter().filter(|other| other.is_deleted());
    for other in deleted {
        let replica = other.replication.as_ref().and_then(|replication| replication.source.text());
        let follows = replica == Some(resource.id.as_str())
            || other.links.iter().any(|link| {
                matches!(link.rel, Rel::ReplicaOf | Rel::BackupOf)
                    && (link.to == resource.id || Some(link.to.as_str()) == resource.origin.address.as_deref())
            });
        if follows {
            let what = if other.kind == resource.kind { "cross-region replica" } else { other.kind.info().title };
            return Some(format!("its only {what} is deleted"));
        }
    }
    None
}
