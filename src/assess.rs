//! Assess: which verdicts count today? Waivers, what a change has to do with it, severity, the gate, and the numbers.

mod answer;
pub mod baseline;
pub mod change;
mod evidence;
mod gate;
mod summary;
#[cfg(test)]
mod tests;
pub mod waivers;

pub use answer::Narrowed;
pub use evidence::decisive_kinds;

use crate::config::Statement;
use crate::model::{FailOn, GateScope, Inventory, Notice, Planned, Resource, Timestamp};
use crate::policy::{Judged, PolicySet};
use crate::result::{
    ChangeStatus, EvidenceKind, Finding, FindingChange, Outcome, Report, ResourceRef, Verdict, WaiverRef,
};

/// What was judged: the linked estate and what the policies said of it.
#[derive(Clone, Copy, Debug)]
pub struct Estate<'a> {
    /// Its resources, with everything joined onto them.
    pub inventory: &'a Inventory,
    /// Verdicts of at least fail, unknown, error, and of what is shown.
    pub judged: &'a Judged,
}

/// What decides what counts.
pub struct Settings<'a> {
    /// The clock of the run.
    pub now: Timestamp,
    /// Outcomes that are listed.
    pub show: &'a [Outcome],
    /// Least severity that fails the gate.
    pub fail_on: FailOn,
    /// Unknown verdicts and gaps in what was collected fail, too.
    pub strict: bool,
    /// Which failures of a change count.
    pub scope: GateScope,
    /// Says which waiver or baseline entry covers a failed policy, or who answers for one without an answer, by policy
    /// id, resource, verdict and fingerprint.
    pub waiver: &'a dyn Fn(&str, &Resource, &Verdict, &str) -> Option<WaiverRef>,
    /// What was typed cannot be right: the run is in error.
    pub trouble: Option<String>,
    /// A problem with the waivers themselves fails the gate: this is its sentence.
    pub waiver_trouble: Option<String>,
    /// What the run was narrowed to.
    pub narrowed: Narrowed,
    /// What the configuration says of what nobody looked at.
    pub statement: &'a Statement,
    /// Names of the configuration's applications, in its order.
    pub applications: &'a [String],
    /// What the reader should know of the configuration.
    pub configuration: Vec<Notice>,
    /// What else the reader should know.
    pub notices: Vec<Notice>,
    /// Resources that no mapping understands, by type.
    pub not_understood: std::collections::BTreeMap<String, usize>,
    /// What each plan does to all of its resources.
    pub planned: Vec<Planned>,
    /// What of the plans was not read, or is not done by them, in words: no answer about a plan is about that.
    pub incomplete: Vec<String>,
    /// What tells these plans or states from those of other runs over the same repository.
    pub stack: Option<String>,
}

/// Makes the report. `before` is the estate before the change, where a change is judged.
pub fn assess(policies: &PolicySet, after: Estate<'_>, before: Option<Estate<'_>>, settings: Settings<'_>) -> Report {
    let mut findings: Vec<Finding> =
        after.judged.verdicts.iter().map(|verdict| finding(policies, after.inventory, verdict, &settings)).collect();
    let change = before.map(|before| change::compare(policies, after, before, &settings, &mut findings));
    findings.sort_by(|a, b| key(policies, a).cmp(&key(policies, b)));
    let summary = summary::summary(policies, after, &findings, settings.not_understood.clone());
    let applications = summary::applications(after.inventory, &findings, settings.applications);
    let gate = gate::gate(&summary, &findings, &after.inventory.coverage, change.is_some(), &settings);
    let stated = evidence::stated(policies, after.inventory, &settings);
    let answer = answer::answer(policies, after, &findings, &applications, &stated, &settings);
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

fn finding(policies: &PolicySet, inventory: &Inventory, verdict: &Verdict, settings: &Settings<'_>) -> Finding {
    let policy = &policies.policies()[verdict.policy];
    let resource = &inventory.resources[verdict.resource];
    let fingerprint = baseline::fingerprint(policy.id(), resource, verdict.evidence.fact.as_deref());
    let waiver = match verdict.outcome {
        Outcome::Fail | Outcome::Unknown if policy.waivable() => {
            (settings.waiver)(policy.id(), resource, verdict, &fingerprint)
        }
        _ => None,
    };
    let covered = waiver.as_ref().is_some_and(|waiver| !waiver.expired);
    let mut evidence = verdict.evidence.clone();
    let outcome = match verdict.outcome {
        Outcome::Fail if covered => Outcome::Waived,
        Outcome::Unknown if covered => {
            evidence.kind = EvidenceKind::Attested;
            Outcome::Pass
        }
        outcome => outcome,
    };
    Finding {
        policy: verdict.policy,
        outcome,
        severity: verdict.severity,
        blocker: policy.blocks(resource),
        message: verdict.message.clone(),
        evidence,
        fix: verdict.fix.clone(),
        resource: reference(resource, verdict.evidence.fact.as_deref()),
        fingerprint,
        change: (policy.is_about_change() && change::concerns(outcome)).then(|| FindingChange {
            status: ChangeStatus::Introduced,
            was: None,
            action: resource.change.as_ref().map(|change| change.action),
        }),
        waiver,
    }
}

/// What a report says of the resource; the location is the line of the fact, else the block's.
fn reference(resource: &Resource, fact: Option<&str>) -> ResourceRef {
    let applications = resource.joined.as_ref().and_then(|joined| joined.applications.known().cloned());
    ResourceRef {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        name: resource.name.clone(),
        account: resource.account().unwrap_or_default().to_owned(),
        region: resource.region().unwrap_or_default().to_owned(),
        applications: applications.unwrap_or_default(),
        stack: resource.origin.stack.clone(),
        address: resource.origin.address.clone(),
        location: resource.location_of(fact),
    }
}
