//! What the template sees: the report in its order, as much of it as the limits allow.

use serde::Serialize;

use super::frameworks::Framework;
use super::limits::Limits;
use crate::model::NoticeLevel;
use crate::report::group::{Group, gaps, groups};
use crate::report::phrase;
use crate::result::{ChangeStatus, Finding, Outcome, Report};
use crate::text::{count, first_sentence, thousands};

#[derive(Serialize)]
pub(in crate::report) struct View {
    answer: String,
    gate: String,
    change: Option<String>,
    /// A line for each of several plans.
    plans: Vec<String>,
    /// What is odd about the configuration. Every verdict hangs on it, so it comes first.
    configuration: Vec<String>,
    frameworks: Vec<Framework>,
    failed: Vec<Failed>,
    lists: Vec<List>,
    areas: Vec<Area>,
    numbers: String,
    /// `12 of 40 findings are`, if some are.
    left_out: Option<String>,
}

#[derive(Serialize)]
struct Failed {
    open: bool,
    severity: &'static str,
    policy: String,
    about: String,
    why: String,
    rows: Vec<Row>,
    more: Option<String>,
    fix: String,
    terraform: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    kind: String,
    place: String,
    line: Option<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct List {
    title: String,
    items: Vec<String>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Area {
    area: String,
    score: String,
    decided: String,
    pass: usize,
    fail: usize,
    unknown: usize,
    waived: usize,
}

impl View {
    pub(in crate::report) fn new(report: &Report, limits: &Limits) -> Self {
        let failed = groups(report, Outcome::Fail);
        let total: usize = failed.iter().map(|group| group.findings.len()).sum();
        let listed: usize = failed.iter().take(limits.groups).map(|group| group.findings.len().min(limits.rows)).sum();
        let left_out =
            (listed < total).then(|| format!("{} of {} findings are", thousands(total - listed), thousands(total)));
        Self {
            answer: report.answer.sentence.clone(),
            gate: report.gate.sentence.clone(),
            change: report.change.as_ref().map(|change| change.sentence.clone()),
            plans: plans(report, limits),
            configuration: configuration(report, limits),
            frameworks: report.frameworks.iter().map(|one| Framework::new(report, one, limits)).collect(),
            failed: failed.iter().take(limits.groups).map(|group| Failed::new(group, limits)).collect(),
            lists: lists(report, limits),
            areas: areas(report),
            numbers: numbers(report),
            left_out,
        }
    }
}

impl Failed {
    fn new(group: &Group<'_>, limits: &Limits) -> Self {
        let policy = group.policy;
        let mut about = vec![count(group.findings.len(), "resource")];
        about.extend(group.is_blocker().then(|| "blocker".to_owned()));
        about.extend(group.status.map(|status| status.word().to_owned()));
        Self {
            open: group.is_blocker() && group.status != Some(ChangeStatus::Existing),
            severity: group.severity.word(),
            policy: policy.id.clone(),
            about: about.join(", "),
            why: first_sentence(&policy.description),
            rows: group.findings.iter().take(limits.rows).map(|finding| Row::new(group, finding)).collect(),
            more: more(group.findings.len(), limits.rows),
            fix: group.fix_said_once().unwrap_or_default().to_owned(),
            terraform: if limits.code { group.terraform().to_owned() } else { String::new() },
        }
    }
}

impl Row {
    fn new(group: &Group<'_>, finding: &Finding) -> Self {
        let resource = &finding.resource;
        let mut notes = vec![finding.message.clone()];
        notes.extend(phrase::evidence(finding));
        notes.extend(group.own_fix(finding));
        notes.extend(finding.waiver.as_deref().map(phrase::waiver));
        Self {
            name: phrase::name(resource).into_owned(),
            kind: resource.kind.clone(),
            place: phrase::place(resource),
            line: finding.location.as_deref().map(|at| format!("{}:{}", at.file, at.line)),
            notes,
        }
    }
}

/// The headline of each plan, as far as there is room: the whole one counts all of them.
fn plans(report: &Report, limits: &Limits) -> Vec<String> {
    let lines: Vec<_> = report.change.iter().flat_map(phrase::plans).collect();
    let more = more(lines.len(), limits.groups).map(|more| format!("and {more} more"));
    lines.into_iter().take(limits.groups).chain(more).collect()
}

/// What is to be done about the configuration; what is for information only stands in a list with the rest.
fn configuration(report: &Report, limits: &Limits) -> Vec<String> {
    let warnings: Vec<_> = report.configuration.iter().filter(|notice| notice.level == NoticeLevel::Warning).collect();
    let listed = warnings.iter().take(limits.groups).map(|notice| notice.text.clone());
    listed.chain(more(warnings.len(), limits.groups).map(|more| format!("and {more} more"))).collect()
}

/// Everything that is not a failed policy, a sentence each.
fn lists(report: &Report, limits: &Limits) -> Vec<List> {
    let of = |outcome: Outcome, say: fn(&Finding) -> String| -> Vec<String> {
        let findings = report.verdicts.iter().filter(|finding| finding.outcome == outcome);
        let say = |finding: &Finding| {
            format!("{}: {}: {}", report.policy(finding).id, phrase::name(&finding.resource), say(finding))
        };
        findings.map(say).collect()
    };
    let fixed = report
        .verdicts
        .iter()
        .filter(|finding| finding.change.as_ref().is_some_and(|change| change.status == ChangeStatus::Fixed))
        .map(|finding| format!("{}: {}", report.policy(finding).id, phrase::name(&finding.resource)))
        .collect();
    let errors = of(Outcome::Error, |finding| finding.message.clone());
    let waived = of(Outcome::Waived, |finding| finding.waiver.as_deref().map(phrase::waiver).unwrap_or_default());
    let notes = report.configuration.iter().filter(|notice| notice.level == NoticeLevel::Note);
    let notices = notes.chain(&report.notices).map(|notice| notice.text.clone()).collect();
    let not_understood = report.summary.not_understood.iter();
    [
        ("policies ended in an error", errors),
        ("fixed by this change", fixed),
        ("could not be told", unknown(report)),
        ("waived", waived),
        ("not seen", gaps(&report.coverage)),
        ("not understood", not_understood.map(|(name, number)| format!("{name}: {number}")).collect()),
        ("to know", notices),
    ]
    .into_iter()
    .filter(|(_, items): &(_, Vec<String>)| !items.is_empty())
    .map(|(title, items)| List {
        title: format!("{title}: {}", thousands(items.len())),
        more: more(items.len(), limits.groups),
        items: items.into_iter().take(limits.groups).collect(),
    })
    .collect()
}

/// A policy each, with what it misses.
fn unknown(report: &Report) -> Vec<String> {
    let say = |group: Group<'_>| {
        let mut reasons: Vec<_> = group.findings.iter().map(|finding| phrase::missing(finding)).collect();
        reasons.sort();
        reasons.dedup();
        let resources = count(group.findings.len(), "resource");
        format!("{} ({}), {resources}: {}", group.policy.id, group.severity.word(), reasons.join("; "))
    };
    groups(report, Outcome::Unknown).into_iter().map(say).collect()
}

fn areas(report: &Report) -> Vec<Area> {
    let areas = report.summary.areas.iter();
    let area = |area: &crate::result::AreaScore| {
        let decided = format!("{}%", area.decided?);
        let score = area.score.map_or_else(|| "none".to_owned(), |score| score.to_string());
        let (pass, fail, unknown, waived) = (area.pass, area.fail, area.unknown, area.waived);
        Some(Area { area: area.area.clone(), score, decided, pass, fail, unknown, waived })
    };
    areas.filter_map(area).collect()
}

fn numbers(report: &Report) -> String {
    let summary = &report.summary;
    let seen = [(summary.resources, "resource"), (summary.accounts, "account"), (summary.regions, "region")];
    let outcomes = summary.outcomes.iter().filter(|(_, number)| **number > 0);
    let outcomes = outcomes.map(|(outcome, number)| format!("{} {}", thousands(*number), outcome.word()));
    let outcomes = outcomes.chain(seen.map(|(number, noun)| count(number, noun))).collect::<Vec<_>>().join(" · ");
    std::iter::once(outcomes)
        .chain(phrase::declared(report))
        .chain(phrase::attested(report))
        .chain(phrase::for_the_running(report))
        .collect::<Vec<_>>()
        .join("; ")
}

/// How many more there are than are listed.
fn more(all: usize, listed: usize) -> Option<String> {
    all.checked_sub(listed).filter(|more| *more > 0).map(thousands)
}
