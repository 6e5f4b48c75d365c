//! What the templates see: the readiness in words, and as much of it as a page can hold.

use std::io;

use serde::Serialize;

use super::graph::{Graph, svg};
use super::room::Room;
use super::words;
use crate::report::render::{STYLE, footer};
use crate::result::{Decision, Loss, Measured, MeasuredBy, Problem, Readiness, StepState};
use crate::text::{count, thousands};

#[derive(Serialize)]
pub(super) struct View {
    style: &'static str,
    title: String,
    heading: String,
    /// All of them, with their answers.
    answers: List<Answer>,
    /// Those that are shown whole.
    applications: Vec<Application>,
    /// `100 of 200 are shown`, if some are not.
    more: Option<String>,
    footer: String,
}

#[derive(Serialize)]
struct Answer {
    /// Where it is shown, if it is.
    anchor: Option<String>,
    name: String,
    place: String,
    decision: &'static str,
    blockers: usize,
}

#[derive(Serialize)]
pub(super) struct Application {
    /// Where a link to it leads.
    anchor: String,
    name: String,
    place: String,
    /// `go`, `no-go` or `cannot-tell`.
    class: &'static str,
    decision: &'static str,
    sentence: String,
    since: Option<String>,
    new: List<String>,
    gone: List<String>,
    facts: Vec<(&'static str, String)>,
    bars: Vec<Bars>,
    blockers: List<Row>,
    risks: List<Row>,
    unknowns: List<Row>,
    layers: Vec<Layer>,
    steps_left_out: Option<String>,
    /// The sequence as a drawing.
    svg: Option<String>,
    not_drawn: Option<String>,
    data: List<Data>,
    left_out: List<(String, String)>,
    to_do: List<String>,
    notices: List<String>,
}

#[derive(Serialize)]
struct List<T> {
    count: usize,
    rows: Vec<T>,
    /// `200 of 1,204 are listed`, if some are not.
    more: Option<String>,
}

#[derive(Serialize)]
struct Row {
    severity: &'static str,
    id: String,
    name: String,
    what: String,
    message: String,
    step: Option<u32>,
    behind: usize,
    behind_words: Option<String>,
    fix: String,
    cli: Option<String>,
    waived_by: Option<String>,
}

#[derive(Serialize)]
struct Layer {
    number: u32,
    steps: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    number: u32,
    /// `to-promote`
    class: String,
    state: &'static str,
    what: String,
    name: String,
    how: String,
    time: Option<String>,
}

#[derive(Serialize)]
struct Data {
    name: String,
    by: String,
    floor: String,
    now: String,
    why: Option<String>,
}

/// What is asked, claimed and so now, as bars beside each other.
#[derive(Serialize)]
struct Bars {
    title: &'static str,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    label: &'static str,
    text: String,
    /// Of the whole width. None: there is no number.
    percent: Option<u32>,
    /// `good`, `bad` or `open`.
    class: &'static str,
}

impl View {
    pub(super) fn new(found: &[Readiness], room: &Room) -> io::Result<Self> {
        let shown = room.shown(found);
        let all = || (1..).zip(found).zip(&shown).map(|((number, ready), shown)| (number, ready, *shown));
        let applications =
            all().filter(|(.., shown)| *shown).map(|(number, ready, _)| application(number, ready, room));
        let applications: Vec<Application> = applications.collect::<io::Result<_>>()?;
        let answers: Vec<(usize, &Readiness, bool)> = all().collect();
        let answers = list(&answers, room.answers, |(number, ready, shown)| Answer {
            anchor: shown.then(|| anchor(*number)),
            name: ready.application.clone(),
            place: ready.recovery_region.clone(),
            decision: ready.decision.word(),
            blockers: ready.blockers.len(),
        });
        let title = match found {
            [one] => one.sentence.clone(),
            several => {
                let of = |decision| several.iter().filter(|ready| ready.decision == decision).count();
                let decisions = [Decision::NoGo, Decision::CannotTell, Decision::Go];
                let parts = decisions.map(|one| (of(one), one.word())).into_iter().filter(|(number, _)| *number > 0);
                let parts: Vec<String> = parts.map(|(number, word)| format!("{number} {word}")).collect();
                format!("Readiness of {}: {}", count(several.len(), "application"), parts.join(", "))
            }
        };
        let heading = match found {
            [one] => format!("Readiness of {}", one.application),
            _ => title.clone(),
        };
        let footer = found.first().map_or(String::new(), |ready| {
            footer(&ready.tool_version, [ready.generated_at, ready.collected_at], &ready.sources)
        });
        let more = (applications.len() < found.len()).then(|| {
            let [shown, all] = [applications.len(), found.len()].map(thousands);
            format!("{shown} of {all} are shown, those with the most in their way; seaworthy ready NAME shows each, the JSON has all")
        });
        Ok(Self { style: STYLE, title, heading, answers, applications, more, footer })
    }
}

fn anchor(number: usize) -> String {
    format!("a{number}")
}

fn application(number: usize, ready: &Readiness, room: &Room) -> io::Result<Application> {
    let rows = room.rows;
    let evidence = format!("verdicts that pass: {}", words::evidence(&ready.evidence));
    let facts = [
        ("From", ready.from.join(", ")),
        ("Pattern", words::pattern(ready)),
        ("RPO", words::rpo(ready)),
        ("RTO", words::rto(ready)),
        ("Evidence", evidence),
    ];
    let graph = Graph::new(&ready.steps, false).filter(|_| room.drawn);
    let svg = graph.as_ref().map(svg).transpose()?;
    let shown = ready.steps.iter().take(rows * 2);
    let shown: Vec<_> = shown.collect();
    let layers = shown.chunk_by(|one, other| one.layer == other.layer).map(|layer| Layer {
        number: layer.first().map_or(0, |step| step.layer),
        steps: layer.iter().map(|step| line(step)).collect(),
    });
    let layers: Vec<Layer> = layers.collect();
    Ok(Application {
        anchor: anchor(number),
        name: ready.application.clone(),
        place: ready.recovery_region.clone(),
        class: class_of(ready.decision),
        decision: ready.decision.word(),
        sentence: ready.sentence.clone(),
        since: words::since(ready),
        new: list(ready.since.as_ref().map_or(&[], |since| since.new.as_slice()), rows, String::clone),
        gone: list(ready.since.as_ref().map_or(&[], |since| since.gone.as_slice()), rows, String::clone),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        bars: vec![rpo(ready), rto(ready)],
        blockers: list(&ready.blockers, rows, |problem| row(ready, problem)),
        risks: list(&ready.risks, rows, |problem| row(ready, problem)),
        unknowns: list(&ready.unknowns, rows, |problem| row(ready, problem)),
        layers,
        steps_left_out: left_out(shown.len(), ready.steps.len()),
        svg,
        not_drawn: graph.and_then(|graph| graph.more),
        data: list(&ready.data.resources, rows, |row| Data {
            name: row.name.clone(),
            by: row.mechanism.clone().unwrap_or_else(|| if row.disposable { "starts empty" } else { "nothing" }.into()),
            floor: words::of_row(row, &row.floor),
            now: words::of_row(row, &row.now),
            why: words::why(row).map(str::to_owned),
        }),
        left_out: list(&ready.left_out, rows, |left| {
            (format!("{} {}", left.resource.title, left.resource.name), left.why.clone())
        }),
        to_do: list(&ready.to_do, rows, String::clone),
        notices: list(&ready.notices, rows, String::clone),
    })
}

fn class_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Go => "go",
        Decision::CannotTell => "cannot-tell",
        Decision::NoGo => "no-go",
    }
}

fn list<S, T>(all: &[S], most: usize, row: impl Fn(&S) -> T) -> List<T> {
    let rows: Vec<T> = all.iter().take(most).map(row).collect();
    List { count: all.len(), more: left_out(rows.len(), all.len()), rows }
}

fn left_out(shown: usize, all: usize) -> Option<String> {
    (shown < all).then(|| format!("{} of {} are listed; the JSON has all", thousands(shown), thousands(all)))
}

fn row(ready: &Readiness, problem: &Problem) -> Row {
    let (name, what) = match &problem.resource {
        Some(resource) => {
            (resource.name.clone(), format!("{} · {}", resource.title, place(&resource.account, &resource.region)))
        }
        None => (ready.application.clone(), "application".to_owned()),
    };
    Row {
        severity: problem.severity.word(),
        id: problem.id.clone(),
        name,
        what,
        message: problem.message.clone(),
        step: problem.step,
        behind: problem.behind.len(),
        behind_words: (!problem.behind.is_empty()).then(|| words::numbers_of(&problem.behind)),
        fix: problem.fix.clone(),
        cli: problem.cli.clone(),
        waived_by: problem.waived_by.clone(),
    }
}

fn place(account: &str, region: &str) -> String {
    let parts: Vec<&str> = [account, region].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn line(step: &crate::result::Step) -> Line {
    let time = step
        .seconds
        .map(|seconds| format!("{}: {}", crate::text::duration(seconds), step.basis.as_deref().unwrap_or_default()));
    Line {
        number: step.number,
        class: step.state.word().replace(' ', "-"),
        state: step.state.word(),
        what: format!("{}{}", step.resource.title, if step.shared { ", shared" } else { "" }),
        name: step.resource.name.clone(),
        how: words::step(step),
        time,
    }
}

fn rpo(ready: &Readiness) -> Bars {
    let seconds = |loss: &Loss| match loss {
        Loss::None => Some(0),
        Loss::Asynchronous => Some(1),
        Loss::Seconds { seconds } => Some(*seconds),
        Loss::Unknown { .. } | Loss::Unbounded { .. } => None,
    };
    let asked = ready.data.objective_seconds;
    let rows = [("at best", &ready.data.floor), ("now", &ready.data.now)];
    let rows =
        rows.map(|(label, loss)| (label, words::loss(loss), seconds(loss), matches!(loss, Loss::Unbounded { .. })));
    let rows = rows.into_iter().chain(ready.data.measured.as_ref().map(measured));
    bars("RPO: data that is lost", asked, rows.collect())
}

fn rto(ready: &Readiness) -> Bars {
    let open = ready.steps.iter().any(|step| step.state == StepState::Blocked);
    let least = ready.time.floor_seconds;
    let text = if ready.time.without_a_number.is_empty() {
        crate::text::duration(least)
    } else {
        format!("{} at least", crate::text::duration(least))
    };
    let rows = [("known", text, Some(least), open)].into_iter().chain(ready.time.measured.as_ref().map(measured));
    bars("RTO: time that it takes", ready.time.objective_seconds, rows.collect())
}

/// What the newest drill has shown.
fn measured(found: &Measured) -> (&'static str, String, Option<u64>, bool) {
    let least = if found.whole { "" } else { "at least " };
    let text = format!("{least}{} on {}", crate::text::duration(found.seconds), found.at.strftime("%Y-%m-%d"));
    // What may be more than that is no bar to compare with.
    let label = match found.by {
        MeasuredBy::Drill => "drill",
        MeasuredBy::RegionSwitch => "switch",
    };
    (label, text, Some(found.seconds).filter(|_| found.whole), false)
}

fn bars(title: &'static str, asked: Option<u64>, rows: Vec<(&'static str, String, Option<u64>, bool)>) -> Bars {
    let most = rows.iter().filter_map(|(_, _, seconds, _)| *seconds).chain(asked).max().unwrap_or(0).max(1);
    let percent = |seconds: u64| u32::try_from(seconds.saturating_mul(100) / most).unwrap_or(100).max(1);
    let mut bars = Vec::new();
    if let Some(asked) = asked {
        bars.push(Bar {
            label: "asked",
            text: crate::text::duration(asked),
            percent: Some(percent(asked)),
            class: "asked",
        });
    }
    bars.extend(rows.into_iter().map(|(label, text, seconds, is_bad)| {
        let class = match (seconds, asked) {
            _ if is_bad => "bad",
            (Some(seconds), Some(asked)) if seconds <= asked => "good",
            (Some(_), Some(_)) => "bad",
            _ => "open",
        };
        Bar { label, text, percent: seconds.map(percent), class }
    }));
    Bars { title, bars }
}
