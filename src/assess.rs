//! Assess: which verdicts count today? Waivers, what a change has to do with it, severity, the gate, and the numbers.

mod answer;
pub mod baseline;
pub mod change;
mod evidence;
mod frameworks;
mod gate;
mod narrowed;
mod reference;
mod settings;
mod summary;
#[cfg(test)]
mod tests;
pub mod waivers;

pub use evidence::decisive_kinds;
pub use narrowed::Narrowed;

use rayon::prelude::*;

use crate::model::{Inventory, Notice, Shared};
use crate::policy::{Judged, PolicySet};
use crate::result::{ChangeStatus, EvidenceKind, Finding, FindingChange, Outcome, Report, ResourceRef, Verdict};
use reference::{location, reference};
pub use settings::{AskedFrameworks, JudgedEstate, Settings};

/// Makes the report of an estate and of what the policies said of it. `before` is the estate before the change, where a
/// change is judged.
pub fn assess(
    policies: &PolicySet,
    inventory: &Inventory,
    mut judged: Judged,
    before: Option<JudgedEstate<'_>>,
    settings: Settings<'_>,
) -> Report {
    // What was said becomes the findings, and is not kept twice: of a large estate there is a lot of it.
    let verdicts = std::mem::take(&mut judged.verdicts);
    let after = JudgedEstate { inventory, judged: &judged };
    let outcomes = before.map(|_| change::outcomes(inventory, &verdicts));
    // Of one resource they stand together.
    let mut findings: Vec<Finding> = verdicts
        .into_par_iter()
        .map_init(
            || None,
            |last: &mut Option<(usize, Shared<ResourceRef>)>, verdict| {
                let resource = &inventory.resources[verdict.resource];
                let fact = verdict.evidence.fact.as_deref();
                let about = match last {
                    Some((at, about)) if *at == verdict.resource && resource.origin.said_at.is_empty() => about.clone(),
                    _ => reference(resource, fact).into(),
                };
                *last = Some((verdict.resource, about.clone()));
                finding(policies, inventory, verdict, about, &settings)
            },
        )
        .collect();
    let change = before
        .zip(outcomes)
        .map(|(before, outcomes)| change::compare(policies, after, &outcomes, before, &settings, &mut findings));
    findings.par_sort_by(|a, b| key(policies, a).cmp(&key(policies, b)));
    let tallies = summary::tallies(after.judged, &findings);
    let summary = summary::summary(policies, after, &tallies, &findings, settings.not_understood.clone());
    let applications = summary::applications(after.inventory, &findings, settings.applications);
    let gate = gate::gate(&summary, &findings, &after.inventory.coverage, change.is_some(), &settings);
    let stated = evidence::stated(policies, after.inventory, &settings);
    let answer = answer::answer(policies, after, &findings, &applications, &stated, &settings);
    let frameworks = frameworks::frameworks(policies, after, &tallies, &findings, &settings);
    let (configuration, mut notices) = (in_order(settings.configuration), settings.notices);
    notices.extend(stated.notices);
    let notices = in_order(notices);
    let is_fixed =
        |finding: &Finding| finding.change.as_ref().is_some_and(|change| change.status == ChangeStatus::Fixed);
    findings.retain(|finding| settings.show.contains(&finding.outcome) || is_fixed(finding));
    let mut coverage = after.inventory.coverage.clone();
    coverage.sort();
    Report {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        generated_at: settings.now,
        sources: after.inventory.sources.clone(),
        collected_at: after.inventory.collected_at,
        answer,
        gate,
        summary,
        applications,
        policies: policies.policies().iter().map(crate::policy::Policy::info).collect(),
        frameworks,
        verdicts: findings,
        coverage,
        configuration,
        notices,
        change,
        stack: settings.stack,
    }
}

/// Each once, warnings first.
fn in_order(mut notices: Vec<Notice>) -> Vec<Notice> {
    notices.sort();
    notices.dedup();
    notices
}

fn key<'f>(policies: &'f PolicySet, finding: &'f Finding) -> impl Ord + use<'f> {
    let policy = policies.policies().get(finding.policy).map_or("", crate::policy::Policy::id);
    (
        finding.outcome,
        std::cmp::Reverse(finding.severity),
        policy,
        finding.resource.id.as_str(),
        finding.evidence.fact.as_deref(),
        finding.message.as_str(),
    )
}

fn finding(
    policies: &PolicySet,
    inventory: &Inventory,
    verdict: Verdict,
    about: Shared<ResourceRef>,
    settings: &Settings<'_>,
) -> Finding {
    let policy = &policies.policies()[verdict.policy];
    let resource = &inventory.resources[verdict.resource];
    let fingerprint = baseline::fingerprint(policy.id(), resource, verdict.evidence.fact.as_deref());
    let waiver = match verdict.outcome {
        Outcome::Fail | Outcome::Unknown if policy.waivable() => {
            (settings.waiver)(policy.id(), resource, &verdict, &fingerprint)
        }
        _ => None,
    };
    let covered = waiver.as_ref().is_some_and(|waiver| !waiver.expired);
    let location = location(resource, verdict.evidence.fact.as_deref());
    let mut evidence = verdict.evidence;
    let outcome = match verdict.outcome {
        Outcome::Fail if covered => Outcome::Waived,
        Outcome::Unknown if covered => {
            evidence.kind = EvidenceKind::Attested;
            Outcome::Pass
        }
        outcome => outcome,
    };
    let blocker = policy.blocks(resource);
    Finding {
        policy: verdict.policy,
        outcome,
        severity: verdict.severity,
        blocker,
        message: verdict.message,
        evidence,
        fix: verdict.fix,
        resource: about,
        location,
        fingerprint,
        change: (policy.is_about_change() && change::concerns(outcome)).then(|| FindingChange {
            status: ChangeStatus::Introduced,
            was: None,
            action: resource.change.as_ref().map(|change| change.action),
        }),
        waiver: waiver.map(Box::new),
        behind: settings.behind.get(&verdict.resource).filter(|_| is_shown(outcome, blocker)).cloned(),
    }
}

/// What stands behind a problem is told of blockers only.
fn is_shown(outcome: Outcome, blocker: bool) -> bool {
    blocker && matches!(outcome, Outcome::Fail | Outcome::Waived)
}
