//! `seaworthy verify`: does an application work, now that it was recovered?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Global, region};
use super::error::Error;
use super::outputs::render;
use super::record::Record;
use super::terminal::say;
use crate::config::{Config, Span};
use crate::drill::{self, Entry, What};
use crate::output::Output;
use crate::report::verify::{json, junit, plan_json, table};
use crate::result::{CheckOutcome, Decision, Exit, Verified, VerifiedAnswer};
use crate::verify::{Plan, VerifyError, plan};

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// An application of the configuration
    #[arg(value_name = "APP")]
    application: String,
    /// The region in which it is to be up [default: that of its recovery pair]
    #[arg(long, value_name = "REGION", value_parser = region)]
    to: Option<String>,
    /// Only the check of this name; repeats
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// How long all checks together may take, such as 10m [default: as long as each of them may]
    #[arg(long, value_name = "SPAN", value_parser = Span::parse)]
    within: Option<Span>,
    /// Try each check once, and wait for nothing
    #[arg(long)]
    once: bool,
    /// Write the answer down in the record of the drill that runs
    #[arg(long, conflicts_with = "only")]
    drill: bool,
    /// Say what would be contacted, and contact nothing
    #[arg(long, conflicts_with_all = ["within", "once", "drill"])]
    list: bool,
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
    /// One document
    Json,
    /// For build servers; a check is a case
    Junit,
}

pub(super) fn run(global: &Global, args: &VerifyArgs) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let loaded = global.load()?;
    let config = &loaded.config;
    let plan = match plan(config, &args.application, args.to.as_deref(), &args.only) {
        Ok(plan) => plan,
        Err(error @ VerifyError::NoChecks { .. }) => {
            say(&format!("{error}; {}", error.help()));
            return Ok(Exit::NothingToEvaluate);
        }
        Err(error) => return Err(Error::usage(error.to_string(), error.help())),
    };
    let render = render(global, args.output.is_some(), &loaded);
    if args.list {
        let told = &plan.told;
        match args.format {
            Format::Table => output.write(|out| crate::report::verify::plan(told, &render, out))?,
            Format::Json => output.write(|out| plan_json(told, out))?,
            Format::Junit => {
                return Err(Error::usage("--list has no results that JUnit could hold", "take -f table or -f json"));
            }
        }
        output.finish()?;
        return Ok(Exit::Passed);
    }
    let record = Record::of(&loaded, None);
    if args.drill {
        let drills = record.book()?.drills.map_err(|why| Error::usage(why, "seaworthy drill start APP begins one"))?;
        let running = drill::running(&drills, &args.application)?;
        if plan.told.region.as_deref().is_some_and(|region| region != running.recovery_region) {
            let message = format!("drill '{}' is of {}", running.id, running.recovery_region);
            return Err(Error::usage(message, format!("--to {}", running.recovery_region)));
        }
    }
    let verified = made(global, config, &plan, args)?;
    if args.drill {
        write_down(&record, &verified)?;
    }
    output.write(|out| match args.format {
        Format::Table => table(&verified, &render, out),
        Format::Json => json(&verified, out),
        Format::Junit => junit(&verified, out),
    })?;
    output.finish()?;
    Ok(verified.answer.into())
}

/// Adds the answer to the record of the drill that runs.
fn write_down(record: &Record, verified: &Verified) -> Result<(), Error> {
    let took = jiff::SignedDuration::try_from_secs_f64(verified.seconds).unwrap_or_default();
    let at = drill::moment(verified.started.checked_add(took).unwrap_or(verified.started));
    let decision = match verified.answer {
        VerifiedAnswer::Verified => Decision::Go,
        VerifiedAnswer::Failed => Decision::NoGo,
        VerifiedAnswer::CannotTell => Decision::CannotTell,
    };
    let not_passed =
        verified.checks.iter().filter(|check| !matches!(check.outcome, CheckOutcome::Passed | CheckOutcome::Skipped));
    let not_passed: Vec<String> = not_passed.map(|check| check.name.clone()).collect();
    let what = What::Checked { decision, not_passed };
    record.append(|drills| {
        let drill = drill::running(drills, &verified.application)?.id.clone();
        Ok((Entry { drill, at, recorded_at: None, by: None, note: None, what: what.clone() }, ()))
    })
}

#[cfg(feature = "verify")]
fn made(global: &Global, config: &Config, plan: &Plan, args: &VerifyArgs) -> Result<Verified, Error> {
    use super::wait::wait;
    use crate::text::clean;
    use crate::verify::{Limits, run};

    let limits = Limits {
        within: args.within.map(|span| std::time::Duration::from_secs(span.seconds)),
        once: args.once,
        now: global.now(),
    };
    let tell = |text: String| {
        if !global.quiet {
            say(&clean(&text));
        }
    };
    wait(run(plan, config, limits, tell))
}

#[cfg(not(feature = "verify"))]
fn made(_: &Global, _: &Config, _: &Plan, _: &VerifyArgs) -> Result<Verified, Error> {
    Err(Error::NoChecks)
}
