//! The first line of a report: can it be recovered?

use std::collections::BTreeSet;

use super::Estate;
use super::gate::join;
use crate::model::{CoverageStatus, Fact};
use crate::policy::PolicySet;
use crate::report::{Answer, AnswerKind, ApplicationResult, Finding};
use crate::text;
use crate::verdict::Outcome;

pub(super) fn answer(
    policies: &PolicySet,
    estate: Estate<'_>,
    findings: &[Finding],
    applications: &[ApplicationResult],
) -> Answer {
    let of = |outcome| findings.iter().filter(move |finding| finding.blocker && finding.outcome == outcome);
    let blockers: Vec<_> = of(Outcome::Fail).collect();
    let regions: BTreeSet<&str> = estate
        .inventory
        .resources
        .iter()
        .filter_map(|resource| resource.joined.as_ref()?.recovery_region.text())
        .collect();
    let place = if regions.is_empty() {
        String::new()
    } else {
        format!(" in {}", join(&regions.iter().map(|region| (*region).to_owned()).collect::<Vec<_>>()))
    };
    if !blockers.is_empty() {
        let verb = if blockers.len() == 1 { "stands" } else { "stand" };
        let stopped = applications.iter().filter(|application| application.blockers > 0).count();
        let of_what = if stopped > 0 {
            format!(" of {stopped} of {}", text::count(applications.len(), "application"))
        } else {
            let resources: BTreeSet<_> = blockers.iter().map(|finding| &finding.resource.id).collect();
            format!(" of {}", text::count(resources.len(), "resource"))
        };
        let sentence =
            format!("NOT RECOVERABLE{place}: {} {verb} in the way{of_what}", text::count(blockers.len(), "blocker"));
        return Answer { kind: AnswerKind::NotRecoverable, sentence };
    }
    let cannot = |why: String| Answer { kind: AnswerKind::CannotTell, sentence: format!("CANNOT TELL{place}: {why}") };
    let judged: usize = estate
        .judged
        .tallies
        .iter()
        .zip(policies.policies())
        .filter(|(_, policy)| policy.is_blocker())
        .flat_map(|(tally, _)| tally.iter().filter(|(outcome, _)| **outcome != Outcome::NotApplicable))
        .map(|(_, count)| count)
        .sum();
    let unknown = of(Outcome::Unknown).count() + of(Outcome::Error).count();
    if unknown > 0 {
        return cannot(format!("{} about blockers cannot be answered", text::count(unknown, "question")));
    }
    if judged == 0 {
        return cannot("nothing was found that a blocker could be looked for in".to_owned());
    }
    let unseen = estate.inventory.gaps().filter(|row| row.status != CoverageStatus::Skipped).count();
    if unseen > 0 {
        return cannot(format!("no blocker was found, but {} not seen completely", places(unseen)));
    }
    let unpaired = estate.inventory.resources.iter().any(|resource| {
        resource.kind.info().stateful
            && resource
                .joined
                .as_ref()
                .is_none_or(|joined| !joined.recovery_region.is_known() && joined.is_recovery_side != Fact::Known(true))
    });
    if unpaired {
        return cannot("no blocker was found, but not every region has a recovery region configured".to_owned());
    }
    let checked = text::count(judged, "verdict");
    Answer { kind: AnswerKind::Recoverable, sentence: format!("RECOVERABLE{place}: no blocker in {checked}") }
}

fn places(count: usize) -> String {
    if count == 1 { "1 service in a place was".to_owned() } else { format!("{count} services in places were") }
}
