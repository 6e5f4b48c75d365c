//! `--compact`: a line a finding, for a log or for a list that is worked off. What is unknown is told by its cause.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{for_want_of_the_estate, in_one_line, is_old_question, outcome_word, unseen};
use crate::report::group::{Group, groups, together};
use crate::report::page::Page;
use crate::report::phrase;
use crate::result::{ChangeStatus, Finding, Outcome, Report};
use crate::text::{clean, count};

/// So many of what was not seen, and of the notices, are told.
const FEW: usize = 4;

pub(super) fn write(page: &mut Page, report: &Report) {
    let names = Names::of(report);
    for notice in &report.configuration {
        page.row(notice.level.word(), None, &notice.text);
    }
    for outcome in Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Unknown) {
        for group in groups(report, outcome) {
            for finding in &group.findings {
                line(page, outcome, &group, finding, &names);
            }
        }
    }
    unknown(page, report);
    few(page, unseen(report), "not seen");
    let notices = report.notices.iter().map(|notice| (notice.level.word(), notice.text.clone()));
    few(page, notices.collect(), "notice");
}

/// Severity, policy, resource and message. Where they do not fit the width, they go on below; nothing is cut.
fn line(page: &mut Page, outcome: Outcome, group: &Group<'_>, finding: &Finding, names: &Names<'_>) {
    let fails = outcome == Outcome::Fail;
    let status = group.status.filter(|status| *status != ChangeStatus::Fixed).map(ChangeStatus::word);
    let blocker = if fails && finding.blocker { "blocker: " } else { "" };
    let waiver = finding.waiver.as_deref().map(|waiver| format!("; {}", phrase::waiver(waiver))).unwrap_or_default();
    let message = format!("{blocker}{}{waiver}", finding.message);
    let parts = [group.policy.id.as_str(), &names.of_finding(finding), &message];
    let text: Vec<_> = status.into_iter().chain(parts).collect();
    page.row(outcome_word(outcome, group), fails.then_some(group.severity), &text.join("  "));
}

/// One line for every cause.
fn unknown(page: &mut Page, report: &Report) {
    let groups = groups(report, Outcome::Unknown);
    let (old, mut told): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| is_old_question(report, Outcome::Unknown, group));
    let elsewhere = for_want_of_the_estate(&mut told);
    let findings = told.iter().flat_map(|group| group.findings.iter().copied());
    for ((lost, cause), findings) in together(findings, |finding| (finding.is_lost(), cause(finding))) {
        let distinct = |of: fn(&Finding) -> &str| findings.iter().map(|one| of(one)).collect::<BTreeSet<_>>().len();
        let policies = findings.iter().map(|finding| finding.policy).collect::<BTreeSet<_>>().len();
        let resources = count(distinct(|finding| &finding.resource.id), "resource");
        let lost = if lost { ", passed before" } else { "" };
        let verdicts = count(findings.len(), "verdict");
        page.row("unknown", None, &format!("{verdicts} ({}, {resources}{lost})  {cause}", count(policies, "policy")));
    }
    in_one_line(page, &elsewhere, "for want of the live estate (--against estate.ndjson.zst)");
    in_one_line(page, &old, "before the change, too");
}

/// Why the facts are missing.
fn cause(finding: &Finding) -> String {
    let reasons: BTreeSet<&str> = finding.evidence.missing.iter().map(|missing| missing.reason.as_str()).collect();
    if reasons.is_empty() {
        return finding.message.clone();
    }
    reasons.into_iter().collect::<Vec<_>>().join("; ")
}

/// The first ones, and how many more there are.
fn few(page: &mut Page, entries: Vec<(&'static str, String)>, noun: &str) {
    let more = entries.len().saturating_sub(FEW);
    // A line that stands for one other says less than that one.
    let told = if more > 1 { FEW } else { entries.len() };
    for (word, text) in entries.iter().take(told) {
        page.row(word, None, text);
    }
    if more > 1 {
        page.row("", None, &format!("and {more} more under '{noun}'; without --compact all are told"));
    }
}

/// What is needed to tell resources apart that have the same name.
struct Names<'a>(BTreeMap<Cow<'a, str>, [BTreeSet<String>; 3]>);

impl<'a> Names<'a> {
    fn of(report: &'a Report) -> Self {
        let mut names: BTreeMap<_, [BTreeSet<String>; 3]> = BTreeMap::new();
        for resource in report.verdicts.iter().map(|finding| &finding.resource) {
            let [kinds, places, ids] = names.entry(phrase::name(resource)).or_default();
            kinds.insert(resource.kind.clone());
            places.insert(phrase::place(resource));
            ids.insert(resource.id.clone());
        }
        Self(names)
    }

    /// `orders-db`, `orders-db (111122223333 · us-east-1)`, `aws_db_instance.orders (main.tf:41)`
    fn of_finding(&self, finding: &Finding) -> String {
        let resource = &finding.resource;
        let name = phrase::name(resource);
        let mut about = Vec::new();
        if let Some([kinds, places, ids]) = self.0.get(&name) {
            about.extend((kinds.len() > 1).then(|| clean(&resource.kind).into_owned()));
            about.extend((places.len() > 1).then(|| phrase::place(resource)).filter(|place| !place.is_empty()));
            let told = kinds.len().max(places.len());
            about.extend((ids.len() > told).then(|| clean(&resource.id).into_owned()));
        }
        about.extend(finding.location.as_deref().map(|at| format!("{}:{}", clean(&at.file), at.line)));
        if about.is_empty() { name.into_owned() } else { format!("{name} ({})", about.join(", ")) }
    }
}
