//! What the formats say in the same words.

use crate::result::{DataRow, Known, Loss, Measured, MeasuredBy, Readiness, Step, StepState};
use crate::text::{count, duration, thousands};

/// How much is lost, in few words.
pub(super) fn loss(loss: &Loss) -> String {
    match loss {
        Loss::None => "no data".to_owned(),
        Loss::Seconds { seconds } => duration(*seconds),
        Loss::Asynchronous => "seconds, without a bound".to_owned(),
        Loss::Unknown { .. } => "unknown".to_owned(),
        Loss::Unbounded { .. } => "unbounded".to_owned(),
    }
}

/// The same for one resource. What is made to be lost is not counted.
pub(super) fn of_row(row: &DataRow, of: &Loss) -> String {
    if row.disposable { "-".to_owned() } else { loss(of) }
}

/// Why a resource loses what it does, where that does not say it by itself.
pub(super) fn why(row: &DataRow) -> Option<&str> {
    let losses = [&row.floor, &row.now].into_iter().filter(|_| !row.disposable);
    let mut reasons = losses.filter_map(|loss| match loss {
        Loss::Unknown { why } | Loss::Unbounded { why } => Some(why.as_str()),
        Loss::None | Loss::Seconds { .. } | Loss::Asynchronous => None,
    });
    reasons.next()
}

/// What is allowed, what can be claimed, what it is now.
pub(super) fn rpo(ready: &Readiness) -> String {
    let asked = ready.data.objective_seconds.map_or("none asked".to_owned(), |it| format!("{} asked", duration(it)));
    let found = measured(ready.data.measured.as_ref(), "lost");
    format!("{asked} · {} at best · {} now{found}", loss(&ready.data.floor), loss(&ready.data.now))
}

/// What is allowed, what it takes at least, and what nothing tells.
pub(super) fn rto(ready: &Readiness) -> String {
    let asked = ready.time.objective_seconds.map_or("none asked".to_owned(), |it| format!("{} asked", duration(it)));
    let least = match (ready.time.floor_seconds, ready.time.without_a_number.len()) {
        (0, 0) => "nothing to do".to_owned(),
        (0, open) => format!("of {} nothing tells how long", count(open, "step")),
        (least, 0) => format!("{} at least", duration(least)),
        (least, open) => format!("{} at least, and of {} nothing tells how long", duration(least), count(open, "step")),
    };
    format!("{asked} · {least}{}", measured(ready.time.measured.as_ref(), "taken"))
}

/// ` · 42 minutes taken in the drill of 2026-01-10`.
fn measured(found: Option<&Measured>, word: &str) -> String {
    let Some(found) = found else { return String::new() };
    let least = if found.whole { "" } else { "at least " };
    let by = match found.by {
        MeasuredBy::Drill => "in the drill of",
        MeasuredBy::RegionSwitch => "by Region switch on",
    };
    format!(" · {least}{} {word} {by} {}", duration(found.seconds), found.at.strftime("%Y-%m-%d"))
}

/// The pattern that is declared, and what it comes to.
pub(super) fn pattern(ready: &Readiness) -> String {
    let declared =
        ready.objective.pattern.as_deref().map_or("no pattern declared".to_owned(), |it| format!("{it} declared"));
    let comes_to = ready
        .implemented
        .pattern
        .as_deref()
        .map_or("what it comes to cannot be told".to_owned(), |it| format!("{it} implemented"));
    format!("{declared} · {comes_to}: {}", ready.implemented.why)
}

/// `212 observed, 3 measured`.
pub(super) fn evidence(known: &Known) -> String {
    let parts = [
        (known.observed, "observed"),
        (known.measured, "measured"),
        (known.declared, "declared"),
        (known.attested, "attested"),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", thousands(number)))
        .collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// What happens to it, and behind which blocked steps it stands.
pub(super) fn step(step: &Step) -> String {
    let behind = match (step.state, step.behind.as_slice()) {
        (StepState::Blocked, _) | (_, []) => String::new(),
        (_, numbers) => format!("; behind {}", numbers_of(numbers)),
    };
    format!("{}{behind}", step.how)
}

/// `step 3`, `steps 3, 7 and 9`; of many the first.
pub(super) fn numbers_of(numbers: &[u32]) -> String {
    let shown: Vec<String> = numbers.iter().take(6).map(ToString::to_string).collect();
    match numbers.len() - shown.len() {
        0 if shown.len() == 1 => format!("step {}", shown[0]),
        0 => format!("steps {}", crate::text::list(&shown)),
        more => format!("steps {} and {more} more", shown.join(", ")),
    }
}

/// What changed since an earlier record.
pub(super) fn since(ready: &Readiness) -> Option<String> {
    let since = ready.since.as_ref()?;
    let was = match since.decision == ready.decision {
        true => format!("still {}", ready.decision.word()),
        false => format!("was {}", since.decision.word()),
    };
    let (new, gone) = (count(since.new.len(), "blocker"), count(since.gone.len(), "blocker"));
    Some(format!("since {}: {was}, {new} new, {gone} gone", since.at.strftime("%Y-%m-%d %H:%M")))
}
