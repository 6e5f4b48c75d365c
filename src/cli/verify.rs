//! `seaworthy verify`: does an application work, now that it was recovered?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Global, region};
use super::error::Error;
use super::outputs::render;
use super::terminal::say;
use crate::config::{Config, Span};
use crate::output::Output;
use crate::report::verify::{json, junit, plan_json, table};
use crate::result::{Exit, Verified};
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
    /// Say what would be contacted, and contact nothing
    #[arg(long, conflicts_with_all = ["within", "once"])]
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
    let verified = made(global, config, &plan, args)?;
    output.write(|out| match args.format {
        Format::Table => table(&verified, &render, out),
        Format::Json => json(&verified, out),
        Format::Junit => junit(&verified, out),
    })?;
    output.finish()?;
    Ok(verified.answer.into())
}

#[cfg(feature = "verify")]
fn made(global: &Global, config: &Config, plan: &Plan, args: &VerifyArgs) -> Result<Verified, Error> {
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
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::Runtime)?;
    let verified = runtime.block_on(run(plan, config, limits, tell));
    // Whatever still waits for an answer on a thread of its own is not waited for.
    runtime.shutdown_background();
    Ok(verified)
}

#[cfg(not(feature = "verify"))]
fn made(_: &Global, _: &Config, _: &Plan, _: &VerifyArgs) -> Result<Verified, Error> {
    Err(Error::NoChecks)
}
