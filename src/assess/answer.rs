//! The first line of a report: can it be recovered?

use std::collections::BTreeSet;

use super::change::concerns;
use super::evidence::{Compute, Stated};
use super::narrowed::Narrowed;
use super::{JudgedEstate, Settings, evidence};
use crate::model::Fact;
use crate::policy::PolicySet;
use crate::result::{Answer, AnswerKind, ApplicationResult, Finding, Outcome};
use crate::text;

pub(super) fn answer(
    policies: &PolicySet,
    estate: JudgedEstate<'_>,
    findings: &[Finding],
    applications: &[ApplicationResult],
    stated: &Stated,
    settings: &Settings<'_>,
) -> Answer {
    let of = |outcome| findings.iter().filter(move |finding| finding.blocker && finding.outcome == outcome);
    // A blocker that somebody answers for stands in the way all the same.
    let blockers: Vec<_> = of(Outcome::Fail).chain(of(Outcome::Waived)).collect();
    let regions: BTreeSet<&str> = estate
        .inventory
        .resources
        .iter()
        .filter_map(|resource| resource.joined.as_ref()?.recovery_region.text())
        .collect();
    let place = if regions.is_empty() {
        String::new()
    } else {
        format!(" in {}", text::list(&regions.iter().map(|region| (*region).to_owned()).collect::<Vec<_>>()))
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
        let waived = match of(Outcome::Waived).count() {
            0 => String::new(),
            waived => format!(", {waived} of them waived"),
        };
        let blockers = text::count(blockers.len(), "blocker");
        let sentence = format!("NOT RECOVERABLE{place}: {blockers} {verb} in the way{of_what}{waived}");
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
        .sum::<usize>()
        // What fails under a pattern that does not promise it was no question about a blocker.
        .saturating_sub(findings.iter().filter(|finding| asked_in_vain(policies, finding)).count());
    let unknown = of(Outcome::Unknown).count() + of(Outcome::Error).count();
    if unknown > 0 {
        return cannot(format!("{} about blockers cannot be answered", text::count(unknown, "question")));
    }
    if judged == 0 {
        return cannot("no resource was found to which a blocker policy applies".to_owned());
    }
    let Narrowed { filter, policies: left_out, resources, doubtful, aside, found: _, services: _ } = &settings.narrowed;
    let left_out = [
        (*left_out, "policy about blockers was", "policies about blockers were", "left out"),
        (*resources, "resource was", "resources were", "left out by the filters"),
        (*doubtful, "resource is", "resources are", "perhaps meant by the filters"),
        (*aside, "resource was", "resources were", "left aside as out of the plan's reach"),
        (settings.incomplete.len(), "part of the plan was", "parts of the plan were", "not judged"),
    ];
    if let Some((count, one, several, how)) = left_out.into_iter().find(|(count, ..)| *count > 0) {
        let what = if count == 1 { one } else { several };
        return cannot(format!("no blocker was found, but {count} {what} {how}"));
    }
    if estate.inventory.sources.iter().all(|source| source.starts_with("terraform")) {
        return cannot(
            "no blocker was found in what code declares, and only the running estate shows the rest".to_owned(),
        );
    }
    match evidence::unseen(policies, estate.inventory, &settings.narrowed) {
        0 => {}
        1 => return cannot("no blocker was found, but 1 service in a place was not seen completely".to_owned()),
        unseen => {
            return cannot(format!("no blocker was found, but {unseen} services in places were not seen completely"));
        }
    }
    if let Some(days) = evidence::stale_days(estate.inventory, settings.now) {
        return cannot(format!("no blocker was found, but what was seen is {} old", text::count(days, "day")));
    }
    if evidence::is_from_the_future(estate.inventory, settings.now) {
        return cannot("no blocker was found, but what was seen is dated later than now".to_owned());
    }
    let unpaired = estate.inventory.resources.iter().any(|resource| {
        let kind = resource.kind.info();
        (kind.is_stateful() || kind.is_compute())
            && resource
                .joined
                .as_ref()
                .is_none_or(|joined| !joined.recovery_region.is_known() && joined.is_recovery_side != Fact::Known(true))
    });
    if unpaired {
        return cannot("no blocker was found, but not every region has a recovery region configured".to_owned());
    }
    if regions.is_empty() {
        return cannot("nothing was judged that is to come back elsewhere".to_owned());
    }
    if !stated.not_looked_at.is_empty() {
        let verb = if stated.not_looked_at.len() == 1 { "was" } else { "were" };
        return cannot(format!("no blocker was found, but {} {verb} not looked at", text::list(&stated.not_looked_at)));
    }
    let from_code = settings.statement.compute_from_code;
    let compute = evidence::compute(policies, estate, findings);
    match compute {
        Compute::NotFound if !from_code && !stated.without_compute => {
            return cannot("no blocker was found, but no compute was found that could come back".to_owned());
        }
        Compute::NotShown(left) if !from_code => {
            let left = text::count(left, "resource");
            return cannot(format!(
                "no blocker was found, but nothing shows how compute comes back: {left} without a known counterpart"
            ));
        }
        Compute::Shown | Compute::NotFound | Compute::NotShown(_) => {}
    }
    let about_blockers = |numbers: &[usize]| -> usize {
        let numbers = policies.policies().iter().zip(numbers).filter(|(policy, _)| policy.is_blocker());
        numbers.map(|(_, number)| number).sum()
    };
    let for_the_running = about_blockers(&estate.judged.for_the_running);
    if for_the_running > 0 {
        let questions = text::count(for_the_running, "question");
        let verb = if for_the_running == 1 { "is" } else { "are" };
        return cannot(format!("no blocker was found, but {questions} about blockers {verb} for the running estate"));
    }
    let declared = about_blockers(&estate.judged.declared);
    if declared > 0 {
        return cannot(rest_on(declared, "what code declares and nobody has seen run"));
    }
    let attested = findings.iter().filter(|finding| finding.blocker && finding.is_attested()).count();
    if attested > 0 {
        return cannot(rest_on(attested, "somebody's word"));
    }
    let mut sentence = format!("RECOVERABLE{place}: no blocker in {}", text::count(judged, "verdict"));
    if let Some(filter) = filter {
        sentence.push_str(&format!(" ({filter})"));
    }
    let mut without = stated.without.clone();
    let by_code = match compute {
        Compute::Shown => None,
        Compute::NotFound if stated.without_compute => {
            without.push("compute".to_owned());
            None
        }
        Compute::NotFound | Compute::NotShown(_) => Some("compute is made anew from code".to_owned()),
    };
    let without = (!without.is_empty()).then(|| format!("the estate is without {}", text::list(&without)));
    let said: Vec<_> = without.into_iter().chain(by_code).collect();
    if !said.is_empty() {
        sentence.push_str(&format!("; stated, not seen: {}", said.join("; ")));
    }
    Answer { kind: AnswerKind::Recoverable, sentence }
}

fn rest_on(number: usize, what: &str) -> String {
    let verb = if number == 1 { "rests" } else { "rest" };
    format!("no blocker was found, but {} {verb} on {what}", text::count(number, "verdict"))
}

/// A policy about blockers found a problem that is none under the pattern of its resource.
fn asked_in_vain(policies: &PolicySet, finding: &Finding) -> bool {
    let is_about = policies.policies().get(finding.policy).is_some_and(crate::policy::Policy::is_blocker);
    is_about && !finding.blocker && concerns(finding.outcome)
}
