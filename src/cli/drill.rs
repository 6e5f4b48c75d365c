//! `seaworthy drill`: what is done in a drill or an outage is written down, so that it is evidence afterwards.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::args::{Global, region};
use super::error::Error;
use super::estate::{EstateArgs, EstateRead, bundled_drills};
use super::record::Record;
use super::terminal::{say, width};
use crate::config::Span;
use crate::drill::{self, DrillError, Entry, Marked, What, WhatStep};
use crate::model::Timestamp;
use crate::output::Output;
use crate::pipeline::{Pipeline, PipelineError, Request};
use crate::report::drill::{json, table};
use crate::result::{Drill, DrillHistory, DrillKind, DrillOutcome, DrillState, Exit, Readiness};
use crate::text::{clean, count, did_you_mean, duration};

#[derive(Debug, Subcommand)]
pub(super) enum DrillCommand {
    /// Begin: from now on the time runs
    Start(StartArgs),
    /// A step was begun, is done, failed or was left out; how new the data was that came back; or a note
    Mark(MarkArgs),
    /// It is over
    Stop(StopArgs),
    /// What drills have shown: RTO and RPO, whether recovery gets faster, the steps of the last one
    Show(ShowArgs),
}

/// What is said with every entry.
#[derive(Debug, Args)]
struct SaidArgs {
    /// When it was, as 2026-11-30T10:33:00Z, or how long ago, as 5m [default: now]
    #[arg(long, value_name = "TIME", value_parser = when)]
    at: Option<When>,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// What else is to be said
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The record [default: 'drills.record' of the configuration, else drills.ndjson beside it]
    #[arg(long, value_name = "FILE")]
    record: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct StartArgs {
    /// The application
    #[arg(value_name = "APP")]
    application: String,
    /// The region in which it is recovered [default: the only one in which something comes back]
    #[arg(long, value_name = "REGION", value_parser = region)]
    to: Option<String>,
    /// It is no exercise: the region is lost
    #[arg(long)]
    outage: bool,
    /// When the region was lost, or is taken for lost; RTO and RPO count from then [default: when it begins]
    #[arg(long, value_name = "TIME", value_parser = when)]
    lost_at: Option<When>,
    /// Begin at once: without the recovery sequence nobody knows later which step was left out
    #[arg(long, conflicts_with_all = ["estate", "demo"])]
    no_estate: bool,
    #[command(flatten)]
    estate: EstateArgs,
    #[command(flatten)]
    said: SaidArgs,
}

#[derive(Debug, Args)]
pub(super) struct MarkArgs {
    /// The application
    #[arg(value_name = "APP")]
    application: String,
    /// A step by its number, name or id [default: none, the note is about the drill]
    #[arg(value_name = "STEP")]
    step: Option<String>,
    /// It was begun [default: it is done]
    #[arg(long, group = "how")]
    begun: bool,
    /// It could not be done
    #[arg(long, group = "how")]
    failed: bool,
    /// It is left out
    #[arg(long, group = "how")]
    skipped: bool,
    /// When the newest data was written that was found in it, or how long before the loss of the region
    #[arg(long, value_name = "TIME", value_parser = when, requires = "step", conflicts_with_all = ["failed", "skipped"])]
    newest_data: Option<When>,
    /// It is none of the recovery sequence
    #[arg(long, requires = "step")]
    new: bool,
    #[command(flatten)]
    said: SaidArgs,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("outcome").required(true).args(["passed", "failed", "called_off"]))]
pub(super) struct StopArgs {
    /// The application
    #[arg(value_name = "APP")]
    application: String,
    /// The application was back
    #[arg(long)]
    passed: bool,
    /// It was not
    #[arg(long)]
    failed: bool,
    /// It was broken off, which shows nothing
    #[arg(long)]
    called_off: bool,
    /// When the application was back [default: when the drill is over]
    #[arg(long, value_name = "TIME", value_parser = when, requires = "passed")]
    recovered_at: Option<When>,
    #[command(flatten)]
    said: SaidArgs,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Only of this application [default: all]
    #[arg(value_name = "APP")]
    application: Option<String>,
    /// Up to this one, with its steps [default: the last one]
    #[arg(long, value_name = "ID")]
    drill: Option<String>,
    /// The record [default: 'drills.record' of the configuration, else drills.ndjson beside it]
    #[arg(long, value_name = "FILE", conflicts_with = "demo")]
    record: Option<String>,
    /// The bundled record of `seaworthy demo`
    #[arg(long)]
    demo: bool,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Write it to this file [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// One document with everything
    Json,
}

/// A moment, as people say it.
#[derive(Clone, Copy, Debug)]
enum When {
    At(Timestamp),
    Ago(Span),
}

fn when(text: &str) -> Result<When, String> {
    if let Ok(at) = text.parse() {
        return Ok(When::At(at));
    }
    let trouble = || format!("'{text}' is no time: expected 2026-11-30T10:33:00Z, or how long ago it was, as in '5m'");
    Span::parse(text).map(When::Ago).map_err(|_| trouble())
}

impl When {
    fn before(self, now: Timestamp) -> Result<Timestamp, Error> {
        let out_of_range = || Error::usage("that long ago there was no time", "expected 5m, 2h or 3d");
        match self {
            Self::At(at) => Ok(at),
            Self::Ago(span) => {
                let ago = jiff::SignedDuration::from_secs(i64::try_from(span.seconds).map_err(|_| out_of_range())?);
                now.checked_sub(ago).map_err(|_| out_of_range())
            }
        }
    }
}

/// A moment that has come.
fn past(when: Option<When>, now: Timestamp) -> Result<Timestamp, Error> {
    let at = when.map_or(Ok(now), |when| when.before(now))?;
    match at > now {
        true => Err(Error::usage(format!("{at} has not come yet"), "what is written down has happened")),
        false => Ok(at),
    }
}

pub(super) fn run(global: &Global, command: &DrillCommand) -> Result<Exit, Error> {
    match command {
        DrillCommand::Start(args) => start(global, args),
        DrillCommand::Mark(args) => mark(global, args),
        DrillCommand::Stop(args) => stop(global, args),
        DrillCommand::Show(args) => show(global, args),
    }
}

fn tell(global: &Global, text: &str) {
    if !global.quiet {
        say(&clean(text));
    }
}

/// The recovery as readiness tells it, if somebody asks for it.
fn readiness(global: &Global, args: &StartArgs, to: &str) -> Result<Option<Readiness>, Error> {
    if args.no_estate {
        return Ok(None);
    }
    let EstateRead { input, loaded, now } = args.estate.read(global)?;
    let pipeline = Pipeline::new(Request { jobs: global.jobs.map_or(0, usize::from), ..Request::new(loaded, now) })?;
    let found = pipeline.ready(input, std::slice::from_ref(&args.application), Some(to))?;
    Ok(found.into_iter().next())
}

fn start(global: &Global, args: &StartArgs) -> Result<Exit, Error> {
    let now = drill::moment(global.now());
    let at = past(args.said.at, now)?;
    let lost_at = args.lost_at.map_or(Ok(at), |when| past(Some(when), now))?;
    if lost_at > at {
        return Err(Error::usage(
            format!("it cannot have begun at {at}: the region was lost at {lost_at}"),
            "--at TIME",
        ));
    }
    // What was mistyped costs no scan.
    let loaded = args.estate.configuration(global)?;
    let config = &loaded.config;
    let Some(application) = config.applications.get(&args.application) else {
        let hint = did_you_mean(&args.application, config.applications.keys().map(String::as_str));
        return Err(PipelineError::UnknownApplication { name: args.application.clone(), hint }.into());
    };
    let to = args.to.clone().map_or_else(|| drill::target(config), Ok)?;
    let pairs = &config.recovery;
    if !pairs.is_empty() && pairs.iter().all(|pair| pair.to != to) {
        let hint = did_you_mean(&to, pairs.iter().map(|pair| pair.to.as_str()));
        let help = "where a region comes back is stated in seaworthy.yaml, under 'recovery'";
        return Err(Error::usage(format!("nothing is to come back in '{to}'{hint}"), help));
    }
    let record = Record::of(&loaded, args.said.record.as_deref());
    let objective = application.objective().or(&config.defaults);
    let readiness = readiness(global, args, &to)?;
    let steps = readiness.as_ref().map(steps).unwrap_or_default();
    let started = record.append(|drills| {
        if let Some(running) = drills.iter().find(|it| it.application == args.application && it.stopped_at.is_none()) {
            let message = format!("drill '{}' of {} is running", running.id, args.application);
            let help = format!("seaworthy drill stop {} --passed, --failed or --called-off", args.application);
            return Err(DrillError::Refused { message, help });
        }
        let id = drill::next_id(drills, &args.application, at);
        let what = What::Started {
            application: args.application.clone(),
            recovery_region: to.clone(),
            kind: if args.outage { DrillKind::Outage } else { DrillKind::Exercise },
            lost_at,
            rto_seconds: objective.rto.map(|span| span.seconds),
            rpo_seconds: objective.rpo.map(|span| span.seconds),
            readiness: readiness.as_ref().map(|ready| ready.decision),
            sequence: steps.clone(),
        };
        Ok((entry(&args.said, id.clone(), at, now, what), id))
    })?;
    tell(global, &format!("{started} runs; it is written down in {}", record.name()));
    if let Some(ready) = &readiness {
        tell(global, &ready.sentence);
    }
    let first = steps.iter().filter(|step| step.state != "ready").map(|step| step.layer).min();
    let first: Vec<String> = steps
        .iter()
        .filter(|step| Some(step.layer) == first && step.state != "ready")
        .map(|step| format!("{} {} ({})", step.number, step.name, step.state.replace('-', " ")))
        .collect();
    if !first.is_empty() {
        tell(global, &format!("first: {}", first.join(", ")));
    }
    tell(global, &format!("as each step is done: seaworthy drill mark {} STEP", args.application));
    Ok(Exit::Passed)
}

fn steps(ready: &Readiness) -> Vec<WhatStep> {
    let holds_data = |number: u32| ready.data.resources.iter().any(|row| row.step == number && !row.disposable);
    let step = |step: &crate::result::Step| WhatStep {
        number: step.number,
        layer: step.layer,
        id: step.resource.id.clone(),
        name: step.resource.name.clone(),
        state: step.state.word().replace(' ', "-"),
        holds_data: holds_data(step.number),
    };
    ready.steps.iter().map(step).collect()
}

fn entry(said: &SaidArgs, drill: String, at: Timestamp, now: Timestamp, what: What) -> Entry {
    let recorded_at = Some(now).filter(|now| *now != at);
    Entry { drill, at, recorded_at, by: said.by.clone(), note: said.note.clone(), what }
}

fn mark(global: &Global, args: &MarkArgs) -> Result<Exit, Error> {
    let now = drill::moment(global.now());
    let at = past(args.said.at, now)?;
    if args.step.is_none() && args.said.note.is_none() {
        return Err(Error::usage("there is nothing to write down", "name a step, or give a --note"));
    }
    let state = match (args.begun, args.failed, args.skipped) {
        (true, _, _) => DrillState::Begun,
        (_, true, _) => DrillState::Failed,
        (_, _, true) => DrillState::Skipped,
        _ => DrillState::Done,
    };
    let record = Record::of(&global.load()?, args.said.record.as_deref());
    let text = record.append(|drills| {
        let drill = drill::running(drills, &args.application)?;
        let newest_data = args.newest_data.map(|when| when.before(drill.lost_at)).transpose();
        let newest_data = newest_data.map_err(|error| refused(&error))?;
        let (what, said) = match &args.step {
            None => (What::Noted, "noted".to_owned()),
            Some(typed) => {
                let step = drill::step(drill, typed, args.new)?;
                let found = drill.steps.iter().find(|one| one.id.as_deref().unwrap_or(&one.name) == step);
                let name = found.map_or_else(|| step.clone(), |step| step.name.clone());
                (What::Step(Marked { step, state, newest_data }), format!("{name}: {}", state.word()))
            }
        };
        let after = drill.lost_at;
        let after = u64::try_from(at.as_second() - after.as_second()).unwrap_or(0);
        let text = format!("{said}, {} after the loss of the region", duration(after));
        Ok((entry(&args.said, drill.id.clone(), at, now, what), text))
    })?;
    tell(global, &text);
    Ok(Exit::Passed)
}

fn refused(error: &Error) -> DrillError {
    DrillError::Refused { message: error.to_string(), help: error.help().unwrap_or_default() }
}

fn stop(global: &Global, args: &StopArgs) -> Result<Exit, Error> {
    let now = drill::moment(global.now());
    let at = past(args.said.at, now)?;
    let outcome = match (args.passed, args.failed) {
        (true, _) => DrillOutcome::Passed,
        (_, true) => DrillOutcome::Failed,
        _ => DrillOutcome::CalledOff,
    };
    if args.recovered_at.is_some() && outcome != DrillOutcome::Passed {
        return Err(Error::usage("what was not back has no time when it was", "--recovered-at goes with --passed"));
    }
    let recovered_at = args.recovered_at.map(|when| past(Some(when), now)).transpose()?;
    let recovered_at = recovered_at.or(Some(at)).filter(|_| outcome == DrillOutcome::Passed);
    let record = Record::of(&global.load()?, args.said.record.as_deref());
    let (id, open) = record.append(|drills| {
        let drill = drill::running(drills, &args.application)?;
        if outcome == DrillOutcome::Passed {
            let help = "mark the step as done or skipped if it was made good, check again with seaworthy verify --drill, or stop \
                        the drill with --failed";
            drill.may_pass(recovered_at).map_err(|message| DrillError::Refused { message, help: help.to_owned() })?;
        }
        let entry = entry(&args.said, drill.id.clone(), at, now, What::Stopped { outcome, recovered_at });
        Ok((entry, (drill.id.clone(), drill.open_steps().count())))
    })?;
    tell(global, &format!("{id} {}", outcome.word()));
    if open > 0 && outcome == DrillOutcome::Passed {
        let said = if open == 1 { "was" } else { "were" };
        tell(global, &format!("nobody said that {} {said} done", count(open, "step")));
    }
    tell(global, &format!("what it has shown: seaworthy drill show {}", args.application));
    Ok(Exit::Passed)
}

fn show(global: &Global, args: &ShowArgs) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let (book, now) = match args.demo {
        true => (bundled_drills()?, super::estate::bundled()?.now),
        false => (Record::of(&global.load()?, args.record.as_deref()).book()?, global.now()),
    };
    let drills = book.drills.map_err(|why| Error::usage(why, "seaworthy drill start APP begins one"))?;
    if let Some(name) = &args.application
        && drills.iter().all(|drill| drill.application != *name)
    {
        let hint = did_you_mean(name, drills.iter().map(|drill| drill.application.as_str()));
        say(&clean(&format!("no drill of '{name}' is on record in {}{hint}", book.record)));
        return Ok(Exit::NothingToEvaluate);
    }
    let mut drills: Vec<Drill> = drills
        .into_iter()
        .filter(|drill| args.application.as_ref().is_none_or(|name| *name == drill.application))
        .collect();
    if let Some(id) = &args.drill {
        let Some(at) = drills.iter().position(|drill| drill.id == *id) else {
            let hint = did_you_mean(id, drills.iter().map(|drill| drill.id.as_str()));
            return Err(Error::usage(
                format!("no drill is called '{id}'{hint}"),
                "seaworthy drill show lists all of them",
            ));
        };
        drills.truncate(at + 1);
    }
    let exit = if drills.is_empty() { Exit::NothingToEvaluate } else { Exit::Passed };
    let history = DrillHistory { record: book.record, now, drills: drills.into_iter().map(Into::into).collect() };
    output.write(|out| match args.format {
        Format::Table => table(&history, width(), out),
        Format::Json => json(&history, out),
    })?;
    output.finish()?;
    Ok(exit)
}
