//! What several formats say in the same words.

use std::borrow::Cow;

use super::{Finding, PolicyInfo, Render, ResourceRef, WaiverRef};
use crate::text::clean;

/// `111122223333 · us-east-1`, or what is known of it.
pub(crate) fn place(resource: &ResourceRef) -> String {
    let parts = [&resource.account, &resource.region];
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect::<Vec<_>>().join(" · ")
}

/// What people call the resource: its address in the code, else its name.
pub(crate) fn name(resource: &ResourceRef) -> Cow<'_, str> {
    clean(resource.address.as_deref().unwrap_or(&resource.name))
}

/// `backup.retention_days is 0, required is 7`, unless the message says it already. What is done to a resource, it does.
pub(crate) fn evidence(finding: &Finding) -> Option<String> {
    let evidence = &finding.evidence;
    let word = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    // That nothing is there is what the message is about.
    let actual = evidence.actual.as_ref().filter(|actual| !actual.is_null())?;
    let (fact, actual) = (evidence.fact.as_ref()?, word(actual));
    let required = evidence.required.as_ref().map(word);
    if fact.starts_with("change.") {
        return None;
    }
    if finding.message.contains(&actual) && required.as_ref().is_none_or(|required| finding.message.contains(required))
    {
        return None;
    }
    Some(match required {
        Some(required) => format!("{fact} is {actual}, required is {required}"),
        None => format!("{fact} is {actual}"),
    })
}

/// `encryption.key: known only after apply; …`, the facts that an unknown verdict misses.
pub(crate) fn missing(finding: &Finding) -> String {
    let missing = finding.evidence.missing.iter().map(|missing| format!("{}: {}", missing.fact, missing.reason));
    missing.collect::<Vec<_>>().join("; ")
}

/// Who answers for it, until when, and why.
pub(crate) fn waiver(waiver: &WaiverRef) -> String {
    let WaiverRef { reason, owner, from, .. } = waiver;
    let Some(expires) = waiver.expires else { return format!("in the {from}: {reason}") };
    let verb = if waiver.expired { "waiver expired on" } else { "waived until" };
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
    for more in evidence(finding).into_iter().chain(finding.waiver.as_ref().map(waiver)) {
        text.push_str("; ");
        text.push_str(&more);
    }
    if !policy.remediation.summary.is_empty() {
        text.push_str(". Fix: ");
        text.push_str(&policy.remediation.summary);
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
    /// The resource's own code; else it is the configuration's file, for formats that cannot do without one.
    pub is_code: bool,
}

/// Where to point at for a finding. One bad path makes GitHub refuse a whole report, so a path that does not lead into
/// the repository is as good as none.
pub(crate) fn spot(finding: &Finding, how: &Render) -> Spot {
    let code = finding.resource.location.as_ref();
    let found = code.and_then(|at| Some(Spot { file: inside(&at.file)?, line: at.line.max(1), is_code: true }));
    found.unwrap_or_else(|| Spot {
        file: inside(&how.fallback_file).unwrap_or_else(|| "seaworthy.yaml".to_owned()),
        line: 1,
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
