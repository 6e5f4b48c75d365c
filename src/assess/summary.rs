//! The numbers of a report. They cover every verdict, shown or not.

use std::collections::{BTreeMap, BTreeSet};

use super::JudgedEstate;
use crate::model::{Inventory, Resource, Severity};
use crate::policy::{Judged, PolicySet, Tally};
use crate::result::{ApplicationResult, AreaScore, ChangeStatus, Finding, Outcome, Summary};

/// All verdicts of each policy counted, waivers and attestations applied.
pub(super) fn tallies(judged: &Judged, findings: &[Finding]) -> Vec<Tally> {
    let mut tallies = judged.tallies.clone();
    let mut turn = |policy: usize, from: Outcome, into: Outcome| {
        if let Some(tally) = tallies.get_mut(policy) {
            *tally.entry(from).or_default() -= 1;
            *tally.entry(into).or_default() += 1;
        }
    };
    for finding in findings {
        match finding.outcome {
            Outcome::Waived => turn(finding.policy, Outcome::Fail, Outcome::Waived),
            _ if finding.is_attested() => turn(finding.policy, Outcome::Unknown, Outcome::Pass),
            _ => {}
        }
    }
    tallies
}

pub(super) fn summary(
    policies: &PolicySet,
    estate: JudgedEstate<'_>,
    tallies: &[Tally],
    findings: &[Finding],
    not_understood: BTreeMap<String, usize>,
) -> Summary {
    let mut outcomes: BTreeMap<Outcome, usize> = Outcome::ALL.into_iter().map(|outcome| (outcome, 0)).collect();
    let mut areas: BTreeMap<&str, AreaScore> = BTreeMap::new();
    for (policy, tally) in policies.policies().iter().zip(tallies) {
        let count = |outcome| tally.get(&outcome).copied().unwrap_or_default();
        let area = areas.entry(policy.area()).or_insert_with(|| AreaScore {
            area: policy.area().to_owned(),
            pass: 0,
            fail: 0,
            unknown: 0,
            waived: 0,
            score: None,
            decided: None,
        });
        area.pass += count(Outcome::Pass);
        area.fail += count(Outcome::Fail);
        area.unknown += count(Outcome::Unknown) + count(Outcome::Error);
        area.waived += count(Outcome::Waived);
        for (outcome, count) in tally {
            *outcomes.entry(*outcome).or_default() += count;
        }
    }
    let mut failed: BTreeMap<Severity, usize> = Severity::ALL.into_iter().map(|severity| (severity, 0)).collect();
    for finding in findings.iter().filter(|finding| finding.outcome == Outcome::Fail) {
        *failed.entry(finding.severity).or_default() += 1;
    }
    // What people wrote down of drills is evidence, and nothing that runs.
    let is_counted = |resource: &&Resource| resource.kind.is_of_the_estate() || resource.kind.is_of_code();
    let resources = || estate.inventory.resources.iter().filter(is_counted);
    Summary {
        resources: resources().count(),
        accounts: resources().filter_map(|resource| resource.account()).collect::<BTreeSet<_>>().len(),
        regions: resources().filter_map(|resource| resource.region()).collect::<BTreeSet<_>>().len(),
        outcomes,
        failed,
        areas: areas.into_values().map(scored).collect(),
        not_understood,
        declared: estate.judged.declared.iter().sum(),
        attested: findings.iter().filter(|finding| finding.is_attested()).count(),
        for_the_running: estate.judged.for_the_running.iter().sum(),
    }
}

fn scored(area: AreaScore) -> AreaScore {
    let (score, decided) = AreaScore::shares(area.pass, area.fail, area.unknown, area.waived);
    AreaScore { score, decided, ..area }
}

pub(super) fn applications(inventory: &Inventory, findings: &[Finding], names: &[String]) -> Vec<ApplicationResult> {
    let mut results: BTreeMap<&str, ApplicationResult> = names
        .iter()
        .map(|name| {
            let result = ApplicationResult { name: name.clone(), resources: 0, blockers: 0, failed: 0, unknown: 0 };
            (name.as_str(), result)
        })
        .collect();
    for resource in inventory.resources.iter().filter(|resource| resource.kind.is_of_the_estate()) {
        for name in resource.joined.iter().filter_map(|joined| joined.applications.known()).flatten() {
            if let Some(result) = results.get_mut(name.as_str()) {
                result.resources += 1;
            }
        }
    }
    let still_there =
        |finding: &&Finding| finding.change.as_ref().is_none_or(|change| change.status != ChangeStatus::Fixed);
    for finding in findings.iter().filter(still_there) {
        for name in &finding.resource.applications {
            let Some(result) = results.get_mut(name.as_str()) else { continue };
            match finding.outcome {
                Outcome::Fail => {
                    result.failed += 1;
                    result.blockers += usize::from(finding.blocker);
                }
                Outcome::Unknown | Outcome::Error => result.unknown += 1,
                Outcome::Waived | Outcome::Pass | Outcome::NotApplicable => {}
            }
        }
    }
    results.into_values().collect()
}
