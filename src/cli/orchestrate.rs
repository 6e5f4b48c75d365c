//! `seaworthy orchestrate`: payloads of the AWS DR Orchestrator Framework.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::Global;
use super::error::Error;
use super::estate::{EstateArgs, EstateRead};
use super::input::bytes;
use super::terminal::{say, width};
use crate::config::region_trouble;
use crate::orchestrate::{self, Asked, Wanted};
use crate::output::Output;
use crate::pipeline::PipelineError;
use crate::report::orchestrate::{json, left_out, line, made_headline, orchestration, payload, table};
use crate::result::Exit;
use crate::text::did_you_mean;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["application", "check"]))]
pub(super) struct OrchestrateArgs {
    /// Make a payload of this application of the configuration
    #[arg(value_name = "APP")]
    application: Option<String>,
    /// Look at this payload before it is run; - for stdin
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// It is for FAILBACK, not for FAILOVER
    #[arg(long)]
    failback: bool,
    /// The region in which it is run [default: that of the recovery pair, else what the payload says]
    #[arg(long, value_name = "REGION")]
    to: Option<String>,
    /// What `aws cloudformation list-exports` printed there, so that imports are known
    #[arg(long, value_name = "FILE", requires = "check")]
    exports: Option<PathBuf>,
    /// Look at the payload alone: whether what it names is there stays unknown
    #[arg(long, requires = "check", conflicts_with_all = ["estate", "demo"])]
    no_estate: bool,
    /// While the primary region is well: Aurora is switched over, and stays global
    #[arg(long, requires = "application", conflicts_with = "failback")]
    planned: bool,
    /// Write what can be recovered, even if something else cannot
    #[arg(long, requires = "application")]
    partial: bool,
    /// A parameter that no inventory tells, as NAME=VALUE or STEP.NAME=VALUE; repeats
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, requires = "failback", conflicts_with = "check")]
    set: Vec<(String, String)>,
    #[command(flatten)]
    estate: EstateArgs,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Write the payload, or the corrected one, to this file
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
}

pub(super) fn run(global: &Global, args: &OrchestrateArgs) -> Result<Exit, Error> {
    if let Some(region) = &args.to
        && let Some(trouble) = region_trouble(region)
    {
        return Err(Error::usage(format!("--to: {trouble}"), "name the region in which the payload is run"));
    }
    match (&args.check, &args.application) {
        (Some(file), _) => check(global, args, file),
        (None, Some(application)) => make(global, args, application),
        (None, None) => Err(Error::usage("there is nothing to do", "name an application, or a payload: --check FILE")),
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The estate, with what is known to be missing of it said.
fn estate(global: &Global, args: &OrchestrateArgs) -> Result<EstateRead, Error> {
    let read = args.estate.read(global)?;
    if !global.quiet {
        read.input.trouble.iter().chain(&read.input.incomplete).for_each(|text| say(text));
        read.input.inventory.gaps().for_each(|gap| say(&gap.sentence()));
    }
    Ok(read)
}

fn make(global: &Global, args: &OrchestrateArgs, application: &str) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let EstateRead { input, loaded, now } = estate(global, args)?;
    let applications = &loaded.config.applications;
    if !applications.contains_key(application) {
        let hint = did_you_mean(application, applications.keys().map(String::as_str));
        return Err(PipelineError::UnknownApplication { name: application.to_owned(), hint }.into());
    }
    let wanted = Wanted {
        application: application.to_owned(),
        region: args.to.clone(),
        planned: args.planned,
        failback: args.failback,
        partial: args.partial,
        given: args.set.iter().cloned().collect(),
    };
    let made = orchestrate::make(input.inventory, &loaded.config, now, &wanted);
    let made = made.map_err(|trouble| Error::usage(trouble, "say in which one it is run: --to REGION"))?;
    made.refused.iter().for_each(|found| say(&left_out("refused", found)));
    if !global.quiet {
        made.left_out.iter().for_each(|found| say(&left_out("left out", found)));
    }
    made.findings.iter().for_each(|finding| say(&line(finding)));
    say(&made_headline(&made));
    if args.failback && made.payload.is_some() {
        say("look at it again when FAILOVER has been run: seaworthy orchestrate --check FILE --failback");
    }
    let written = match (&made.payload, args.format) {
        (_, Format::Json) if args.output.is_none() => output.write(|out| orchestration(&made, out)).map(|()| true),
        (Some(found), _) => output.write(|out| payload(found, out)).map(|()| true),
        (None, _) => Ok(false),
    }?;
    if written {
        output.finish()?;
    }
    if args.format == Format::Json && args.output.is_some() {
        Output::open(None)?.write(|out| orchestration(&made, out))?;
    }
    Ok(match made.payload.is_none() && made.refused.is_empty() {
        true => Exit::NothingToEvaluate,
        false => made.answer.into(),
    })
}

fn text(file: &Path) -> Result<(String, String), Error> {
    let (name, bytes) = bytes(file)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(_) => Err(Error::usage(format!("'{name}' is no text in UTF-8"), "a payload is JSON")),
    }
}

fn check(global: &Global, args: &OrchestrateArgs, file: &Path) -> Result<Exit, Error> {
    let (name, text) = text(file)?;
    let asked = Asked { failback: args.failback, region: args.to.clone(), exports: exports(args.exports.as_deref())? };
    let corrected = args.output.as_deref().map(|path| Output::open(Some(path))).transpose()?;
    let mut output = Output::open(None)?;
    let found = if args.no_estate {
        orchestrate::check(&text, &asked, &global.load()?.config, None)
    } else {
        let EstateRead { input, loaded, now } = estate(global, args)?;
        orchestrate::check(&text, &asked, &loaded.config, Some((input.inventory, now)))
    };
    output.write(|out| match args.format {
        Format::Table => table(&found, &name, width(), out),
        Format::Json => json(&found, out),
    })?;
    match (corrected, &found.corrected) {
        (Some(mut file), Some(corrected)) => {
            file.write(|out| payload(corrected, out))?;
            file.finish()?;
        }
        (Some(_), None) => say("there is nothing to correct in the payload itself: no file was written"),
        (None, _) => {}
    }
    Ok(found.answer.into())
}

fn exports(file: Option<&Path>) -> Result<Option<std::collections::BTreeMap<String, String>>, Error> {
    let Some(file) = file else { return Ok(None) };
    let (name, text) = text(file)?;
    let wrong =
        |why| Error::usage(format!("'{name}' has no exports: {why}"), "aws cloudformation list-exports --output json");
    orchestrate::exports(&text).map(Some).map_err(wrong)
}
