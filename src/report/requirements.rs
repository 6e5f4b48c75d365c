//! What several formats say of the requirements of frameworks in the same words.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Group, groups, together};
use super::phrase;
use crate::model::Timestamp;
use crate::result::{
    ChangeStatus, EvidenceShare, Finding, FrameworkReport, Outcome, Provable, Report, RequirementOutcome,
    RequirementReport,
};
use crate::text::{count, thousands};

/// So many resources of a policy are named.
const NAMED: usize = 3;

/// So many reasons are told why something is not known.
const REASONS: usize = 3;

/// The listed verdicts of a report by policy, the worst first.
pub(crate) struct Listed<'r>(Vec<(Outcome, Group<'r>)>);

impl<'r> Listed<'r> {
    pub(crate) fn of(report: &'r Report) -> Self {
        let all = Outcome::ALL.into_iter();
        Self(all.flat_map(|outcome| groups(report, outcome).into_iter().map(move |group| (outcome, group))).collect())
    }

    /// Those of the policies that answer a requirement.
    pub(crate) fn for_requirement(
        &self,
        requirement: &RequirementReport,
    ) -> impl Iterator<Item = (Outcome, &Group<'r>)> {
        let answers = |group: &Group<'_>| {
            group.findings.first().is_some_and(|finding| requirement.policies.contains(&finding.policy))
        };
        self.0.iter().filter(move |(_, group)| answers(group)).map(|(outcome, group)| (*outcome, group))
    }
}

/// `12 fail · 20 manual`.
pub(crate) fn outcomes(framework: &FrameworkReport) -> String {
    let outcomes = framework.outcomes();
    let numbers = outcomes.iter().map(|(outcome, number)| format!("{} {}", thousands(*number), outcome.word()));
    numbers.collect::<Vec<_>>().join(" · ")
}

/// `NIST SP 800-53, Security and Privacy Controls (Revision 5)`.
pub(crate) fn title(framework: &FrameworkReport) -> String {
    match framework.edition.as_str() {
        "" => framework.title.clone(),
        edition => format!("{} ({edition})", framework.title),
    }
}

/// `84 pass · 5 fail · 2 unknown`. Nothing was judged: nothing.
pub(crate) fn verdicts(requirement: &RequirementReport) -> String {
    let order = [Outcome::Pass, Outcome::Fail, Outcome::Unknown, Outcome::Waived, Outcome::Error];
    let number = |outcome| requirement.verdicts.get(&outcome).copied().filter(|number| *number > 0);
    let numbers = order.into_iter().filter_map(|one| Some(format!("{} {}", thousands(number(one)?), one.word())));
    numbers.collect::<Vec<_>>().join(" · ")
}

/// `12 verdicts, the oldest from 2026-07-01 (2 days before this report)`.
pub(crate) fn evidence(share: &EvidenceShare, now: Timestamp) -> String {
    let noun = if share.verdicts == 1 { "verdict" } else { "verdicts" };
    let mut text = format!("{} {noun}", thousands(share.verdicts));
    if let Some(oldest) = share.oldest {
        let days = now.as_second().saturating_sub(oldest.as_second()) / 86_400;
        let age = match usize::try_from(days) {
            Ok(0) => "on the day of this report".to_owned(),
            Ok(days) => format!("{} before this report", count(days, "day")),
            Err(_) => "dated later than this report".to_owned(),
        };
        let which = if share.verdicts == 1 { "" } else { "the oldest " };
        text.push_str(&format!(", {which}from {} ({age})", day(oldest)));
    }
    if let Some(until) = share.until {
        let which = if share.verdicts == 1 { "" } else { "the first " };
        text.push_str(&format!(", {which}until {until}"));
    }
    text
}

/// The same of all kinds, in one line.
pub(crate) fn all_evidence(requirement: &RequirementReport, now: Timestamp) -> Vec<String> {
    requirement.evidence.iter().map(|share| format!("{}: {}", share.kind.word(), evidence(share, now))).collect()
}

fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// `elasticache, rds in 444455556666 · eu-west-1; s3 anywhere`.
pub(crate) fn not_seen(requirement: &RequirementReport) -> Option<String> {
    let mut places: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for look in &requirement.not_seen {
        let parts = [look.account.as_str(), look.region.as_str()].into_iter().filter(|part| !part.is_empty());
        places.entry(&look.service).or_default().insert(parts.collect::<Vec<_>>().join(" · "));
    }
    let parts = together(places, |(_, places)| places.clone()).into_iter().map(|(places, services)| {
        let services = services.into_iter().map(|(service, _)| if service == "*" { "everything" } else { service });
        let services = services.collect::<Vec<_>>().join(", ");
        match places.first() {
            Some(only) if places.len() == 1 && only.is_empty() => format!("{services} anywhere"),
            Some(only) if places.len() == 1 => format!("{services} in {only}"),
            _ => format!("{services} in {}", count(places.len(), "place")),
        }
    });
    let text = parts.collect::<Vec<_>>().join("; ");
    (!text.is_empty()).then_some(text)
}

/// What else keeps a requirement from being decided, or is to be known of how it was.
pub(crate) fn open(requirement: &RequirementReport) -> Vec<String> {
    let (left_out, all) = (requirement.left_out, requirement.policies.len() + requirement.left_out);
    let verb = if left_out == 1 { "was" } else { "were" };
    let policies = match all {
        1 => "its policy".to_owned(),
        all => format!("{} of its {} policies", thousands(left_out), thousands(all)),
    };
    let running = requirement.for_the_running;
    let needs = if running == 1 { "needs" } else { "need" };
    [
        (left_out > 0).then(|| format!("{policies} {verb} left out of the run")),
        (running > 0).then(|| format!("{} {needs} the running estate", count(running, "question"))),
        (requirement.is_part && requirement.coverage != Provable::Manual)
            .then(|| "only a part of the estate was judged".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `Automatic backups are off: legacy, orders-db and 3 more (backup-disabled, critical, blocker)`.
pub(crate) fn said(outcome: Outcome, group: &Group<'_>) -> String {
    let mut names: Vec<_> =
        group.findings.iter().take(NAMED).map(|finding| phrase::name(&finding.resource).into_owned()).collect();
    if let Some(more @ 1..) = group.findings.len().checked_sub(NAMED) {
        names.push(format!("{} more", thousands(more)));
    }
    let names = match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    };
    let mut about = vec![group.policy.id.clone(), group.severity.word().to_owned()];
    about.extend((outcome == Outcome::Fail && group.is_blocker()).then(|| "blocker".to_owned()));
    about.extend(group.status.map(|status| status.word().to_owned()));
    let title = if group.policy.title.is_empty() { &group.policy.id } else { &group.policy.title };
    // A title states the problem.
    let is_found = outcome != Outcome::Pass || group.status == Some(ChangeStatus::Fixed);
    let title = if is_found { title.clone() } else { format!("not found: {title}") };
    format!("{title}: {names} ({})", about.join(", "))
}

/// `restore-not-tested (5), key-not-usable (2)`, and the most common reasons.
pub(crate) fn unknown(groups: &[&Group<'_>]) -> (String, Option<String>) {
    let mut by_policy: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        *by_policy.entry(&group.policy.id).or_default() += group.findings.len();
        for missing in group.findings.iter().flat_map(|finding| &finding.evidence.missing) {
            *reasons.entry(&missing.reason).or_default() += 1;
        }
    }
    let policies = by_policy.iter().map(|(id, number)| format!("{id} ({})", thousands(*number)));
    let mut most: Vec<_> = reasons.into_iter().collect();
    most.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let mut told: Vec<_> = most.iter().take(REASONS).map(|(reason, _)| (*reason).to_owned()).collect();
    if let Some(more @ 1..) = most.len().checked_sub(REASONS) {
        told.push(format!("and {}", count(more, "more reason")));
    }
    (policies.collect::<Vec<_>>().join(", "), (!told.is_empty()).then(|| told.join("; ")))
}

/// `dora: Art. 12, Art. 12(1)(a); nis2: CIR 4.2`, the requirements that a finding is about.
pub(crate) fn answered(report: &Report, finding: &Finding) -> Option<String> {
    let of = |framework: &FrameworkReport| {
        let ids = framework.requirements.iter().filter(|one| one.policies.contains(&finding.policy));
        let ids: Vec<_> = ids.map(|one| one.id.as_str()).collect();
        (!ids.is_empty()).then(|| format!("{}: {}", framework.id, ids.join(", ")))
    };
    let texts: Vec<_> = report.frameworks.iter().filter_map(of).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// As a table writes it.
pub(crate) fn word(outcome: RequirementOutcome) -> &'static str {
    match outcome {
        RequirementOutcome::NotApplicable => "n/a",
        other => other.word(),
    }
}
