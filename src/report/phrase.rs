//! What several formats say in the same words.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::{Action, Extent, Kind, Unit, is_fact, scoped, title, unit};
use crate::report::reporter::Render;
use crate::result::{ChangeSummary, Finding, PlanSummary, PolicyInfo, Reach, Report, ResourceRef, WaiverRef};
use crate::text::{clean, count, state, thousands};

/// `111122223333 · us-east-1`, or what is known of it.
pub(crate) fn place(resource: &ResourceRef) -> String {
    let parts = [&resource.account, &resource.region];
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect::<Vec<_>>().join(" · ")
}

/// That passes rest on code: nobody has seen it run.
pub(crate) fn declared(report: &Report) -> Option<String> {
    let number = report.summary.declared;
    let verb = if number == 1 { "rests" } else { "rest" };
    (number > 0).then(|| format!("{} {verb} on what code declares: nobody has seen it run", passes(number)))
}

/// That passes rest on somebody's word.
pub(crate) fn attested(report: &Report) -> Option<String> {
    let number = report.summary.attested;
    let verb = if number == 1 { "rests" } else { "rest" };
    (number > 0).then(|| format!("{} {verb} on somebody's word: nobody could look", passes(number)))
}

fn passes(number: usize) -> String {
    if number == 1 { "1 pass".to_owned() } else { format!("{} passes", thousands(number)) }
}

/// That questions were left to the running estate, and how to ask them.
pub(crate) fn for_the_running(report: &Report) -> Option<String> {
    let number = report.summary.for_the_running;
    let questions = count(number, "question");
    let is_code_alone = report.sources.iter().all(|source| source.starts_with("terraform"));
    let text = match (is_code_alone, number) {
        (true, 1) => format!("{questions} needs the live estate: --against estate.ndjson.zst"),
        (true, _) => format!("{questions} need the live estate: --against estate.ndjson.zst"),
        (false, _) => format!("{questions} about what does not run yet can be asked once it does"),
    };
    (number > 0).then_some(text)
}

/// Whether an unknown verdict wants nothing but the rest of the estate: what another workspace may declare.
pub(crate) fn wants_the_estate(finding: &Finding) -> bool {
    let missing = &finding.evidence.missing;
    let elsewhere = |reason: &str| {
        reason.ends_with("sees its own workspace only")
            || reason.ends_with("may be declared elsewhere")
            || reason == "its account is not known"
    };
    !missing.is_empty() && missing.iter().all(|missing| elsewhere(&missing.reason))
}

/// What people call the resource: its address in the code (with its stack where there are several), else its name.
pub(crate) fn name(resource: &ResourceRef) -> Cow<'_, str> {
    match (&resource.address, &resource.stack) {
        (Some(address), stack) => Cow::Owned(clean(&scoped(stack.as_deref(), address)).into_owned()),
        (None, _) => clean(&resource.name),
    }
}

/// `plan stacks/orders: no problem for recovery`, a line for all of several plans of which the same is to be said; those
/// that introduce something first.
pub(crate) fn plans(change: &ChangeSummary) -> Vec<String> {
    let mut told: Vec<(&ChangeSummary, Vec<&str>)> = Vec::new();
    for PlanSummary { plan, summary } in &change.plans {
        let Some(plan) = plan else { continue };
        match told.iter_mut().find(|(other, _)| other.sentence == summary.sentence) {
            Some((_, plans)) => plans.push(plan),
            None => told.push((summary, vec![plan])),
        }
    }
    told.sort_by_key(|(summary, _)| summary.introduced == 0);
    let lines = told.into_iter().map(|(summary, plans)| match plans[..] {
        [only] => format!("plan {only}: {}", summary.sentence),
        _ => format!("each of plans {}: {}", plans.join(", "), summary.sentence),
    });
    let others = change.plans.iter().filter(|part| part.plan.is_none());
    let others = others.map(|part| format!("what no plan manages: {}", part.summary.sentence));
    lines.chain(others).collect()
}

/// `its backup retention: 3 days, 7 days required`, unless the message says it already. That something is so or is not,
/// or is not there, is what a message is about, and what is done to a resource, it does.
pub(crate) fn evidence(finding: &Finding) -> Option<String> {
    let evidence = &finding.evidence;
    let (fact, actual) = (evidence.fact.as_deref()?, evidence.actual.as_ref()?);
    let required = evidence.required.as_ref();
    let unit = unit(fact);
    if fact.starts_with("change.") || words(actual, unit).is_empty() {
        return None;
    }
    // A number that stands for a whole list is some measure of it, and only the message knows which.
    if actual.is_number() && unit.is_none() && is_fact(fact) {
        return None;
    }
    let is_said = |value: &Value| words(value, unit).iter().any(|words| says(&finding.message, words));
    if is_said(actual) && required.is_none_or(is_said) {
        return None;
    }
    let shown = |value: &Value| words(value, unit).into_iter().next();
    let actual = shown(actual)?;
    Some(match required.and_then(shown) {
        Some(required) => format!("{}: {actual}, {required} required", title(fact)),
        None => format!("{}: {actual}", title(fact)),
    })
}

/// What a value may be called; the first is how it is shown. Nothing, if it is not for showing.
fn words(value: &Value, unit: Option<Unit>) -> Vec<String> {
    match value {
        Value::Number(number) => {
            let plain = number.to_string();
            let Some((unit, whole)) = unit.zip(number.as_u64()) else { return vec![plain] };
            let seconds = match unit {
                Unit::Second => 1,
                Unit::Minute => 60,
                Unit::Day => 86_400,
                Unit::Each(_) => 0,
            };
            let whole_of = |noun: &str, length: u64| {
                let number = whole.saturating_mul(seconds) / length;
                (number > 0).then(|| count(usize::try_from(number).unwrap_or(usize::MAX), noun))
            };
            let spans = [("day", 86_400), ("hour", 3_600), ("minute", 60)];
            let spans = spans.into_iter().filter_map(|(noun, length)| whole_of(noun, length));
            let own = count(usize::try_from(whole).unwrap_or(usize::MAX), unit.noun());
            std::iter::once(own).chain(spans).chain([plain]).collect()
        }
        Value::String(text) => vec![text.clone(), state(text).into_owned()],
        Value::Array(items) if items.is_empty() => vec!["none".to_owned()],
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(|item| words(item, unit).into_iter().next()).collect();
            vec![items.join(", ")]
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

/// Whether a sentence has those words, and not only as a part of longer ones.
fn says(sentence: &str, words: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    sentence.match_indices(words).any(|(at, _)| {
        let (before, after) = (sentence.get(..at).unwrap_or_default(), sentence.get(at + words.len()..));
        !is_part(before.chars().next_back()) && !is_part(after.unwrap_or_default().chars().next())
    })
}

/// `its encryption key: known only after apply; …`, the facts that an unknown verdict misses.
pub(crate) fn missing(finding: &Finding) -> String {
    let missing = finding.evidence.missing.iter();
    missing.map(|missing| format!("{}: {}", title(&missing.fact), missing.reason)).collect::<Vec<_>>().join("; ")
}

/// `its encryption key: known only after apply`, a line for each fact that an unknown verdict needs.
pub(crate) fn needs(finding: &Finding) -> impl Iterator<Item = String> {
    let missing = finding.evidence.missing.iter();
    missing.map(|missing| format!("needs {}: {}", title(&missing.fact), missing.reason))
}

/// `behind it: 3 resources (ECS service api, …)`, of a blocker.
pub(crate) fn behind(finding: &Finding) -> Option<String> {
    let behind = finding.behind.as_deref().filter(|behind| behind.count > 0)?;
    let named = behind.nearest.iter().take(4).map(|one| {
        let title = Kind::find(&one.kind).map_or(one.kind.as_str(), |kind| kind.info().title);
        let region = if one.region.is_empty() { String::new() } else { format!(" in {}", clean(&one.region)) };
        format!("{title} {}{region}", clean(&one.name))
    });
    let more = if behind.count > 4 { ", …" } else { "" };
    let named = named.collect::<Vec<_>>().join(", ");
    Some(format!("behind it: {} ({named}{more})", count(behind.count, "resource")))
}

/// `1 introduced · 8 introduced, in the baseline · 0 fixed · 2 existing · 4 newly unknown`.
pub(crate) fn changed(change: &ChangeSummary) -> String {
    let numbers = [
        (change.introduced, "introduced", true),
        (change.waived, "introduced, waived", false),
        (change.in_baseline, "introduced, in the baseline", false),
        (change.fixed, "fixed", true),
        (change.existing, "existing", true),
        (change.unknown, "newly unknown", false),
    ];
    let numbers = numbers.into_iter().filter(|(number, _, always)| *always || *number > 0);
    numbers.map(|(number, word, _)| format!("{} {word}", thousands(number))).collect::<Vec<_>>().join(" · ")
}

/// `26 to create: 17 judged, 5 as parts of others, 4 of types that no policy judges`, so that Terraform's own numbers
/// are found again.
pub(crate) fn planned(change: &ChangeSummary) -> String {
    let of = |(action, reach): (&Action, &Reach)| {
        let to = format!("{} to {}", thousands(reach.total()), action.word());
        let parts = [
            (reach.judged, "judged"),
            (reach.parts, "as parts of others"),
            (reach.not_judged, "of types that no policy judges"),
            (reach.filtered, "left out by the filters"),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<_> = parts.map(|(number, word)| format!("{} {word}", thousands(number))).collect();
        if reach.judged == reach.total() { to } else { format!("{to}: {}", parts.join(", ")) }
    };
    if !change.reach.is_empty() {
        return change.reach.iter().map(of).collect::<Vec<_>>().join(" · ");
    }
    // A result that an earlier version stored has the numbers of what was judged only.
    let actions = change.actions.iter().filter(|(action, _)| **action != Action::NoOp);
    actions
        .map(|(action, number)| format!("{} to {}", thousands(*number), action.word()))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Who answers for it, until when, and why.
pub(crate) fn waiver(waiver: &WaiverRef) -> String {
    let WaiverRef { reason, owner, from, .. } = waiver;
    let Some(expires) = waiver.expires else { return format!("in the {from}: {reason}") };
    let verb = match (waiver.attests, waiver.expired) {
        (false, false) => "waived until",
        (false, true) => "waiver expired on",
        (true, false) => "attested until",
        (true, true) => "attestation expired on",
    };
    let ticket = waiver.ticket.as_ref().map(|ticket| format!(", {ticket}")).unwrap_or_default();
    let control =
        waiver.compensating_control.as_ref().map(|control| format!("; instead: {control}")).unwrap_or_default();
    // Nobody is named in a comment in the code.
    let by = if owner.is_empty() { String::new() } else { format!(" by {owner}") };
    format!("{verb} {expires}{by}{ticket} ({from}): {reason}{control}")
}

/// Everything that matters of a finding, in one line.
pub(crate) fn told(policy: &PolicyInfo, finding: &Finding) -> String {
    let resource = &finding.resource;
    let mut about = vec![resource.kind.clone(), place(resource)];
    about.retain(|part| !part.is_empty());
    let mut text = format!("{} ({}): {}", name(resource), about.join(", "), finding.message);
    for more in evidence(finding).into_iter().chain(finding.waiver.as_deref().map(waiver)) {
        text.push_str("; ");
        text.push_str(&more);
    }
    let fix = &finding.remediation(policy).summary;
    if !fix.is_empty() {
        text.push_str(". Fix: ");
        text.push_str(fix);
    }
    text
}

/// GitHub's runner takes a line of a log that begins with two colons for a command, and what begins a line may be a
/// name that others gave.
pub(crate) fn log_line(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    match text.strip_prefix("::") {
        Some(rest) => Cow::Owned(format!(r"{}\u{{3a}}:{rest}", &line[..line.len() - text.len()])),
        None => Cow::Borrowed(line),
    }
}

/// A line of a file of the repository.
pub(crate) struct Spot {
    /// Relative, with `/`, without `.` and `..`; never empty.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From where to where the attribute or block goes, if that is known.
    pub extent: Option<Extent>,
    /// The resource's own code; else it is the configuration's file, for formats that cannot do without one.
    pub is_code: bool,
}

/// Where to point at for a finding. One bad path makes GitHub refuse a whole report, so a path that does not lead into
/// the repository is as good as none.
pub(crate) fn spot(finding: &Finding, how: &Render) -> Spot {
    let code = finding.location.as_ref();
    let found = code
        .and_then(|at| Some(Spot { file: inside(&at.file)?, line: at.line.max(1), extent: at.extent, is_code: true }));
    found.unwrap_or_else(|| Spot {
        file: inside(&how.fallback_file).unwrap_or_else(|| "seaworthy.yaml".to_owned()),
        line: 1,
        extent: None,
        is_code: false,
    })
}

/// The path without detours, if it stays inside the directory that it starts from.
pub(crate) fn inside(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let parts: Vec<_> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let has_drive = parts.first().is_some_and(|part| part.len() == 2 && part.ends_with(':'));
    let leaves = path.starts_with('/') || has_drive || parts.contains(&"..");
    (!leaves && !parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(inside("./a//b/./main.tf"), Some("a/b/main.tf".to_owned()));
        assert_eq!(inside(r"a\b.tf"), Some("a/b.tf".to_owned()));
        for outside in ["", ".", "/etc/passwd", "../main.tf", "a/../../b", r"C:\main.tf"] {
            assert_eq!(inside(outside), None, "{outside}");
        }
    }

    #[test]
    fn no_line_of_a_log_is_a_command() {
        assert_eq!(log_line("  ::error::pwned"), r"  \u{3a}:error::pwned");
        assert_eq!(log_line("arn:aws:iam::1:role/a"), "arn:aws:iam::1:role/a");
    }
}
