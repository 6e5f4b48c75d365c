//! `seaworthy orchestrate`: payloads of the AWS DR Orchestrator Framework, and plans of ARC Region switch.

mod args;
mod plans;

use std::path::Path;

use super::args::Global;
use super::error::Error;
use super::estate::EstateRead;
use super::input::bytes;
use super::terminal::{say, width};
use crate::config::region_trouble;
use crate::orchestrate::{self, Asked};
use crate::output::Output;
use crate::report::orchestrate::{json, left_out, line, made_headline, orchestration, payload, proof, table};
use crate::result::Exit;
pub(super) use args::OrchestrateArgs;
use args::{Format, Target, estate, known, wanted};

pub(super) fn run(global: &Global, args: &OrchestrateArgs) -> Result<Exit, Error> {
    if let Some(region) = &args.to
        && let Some(trouble) = region_trouble(region)
    {
        return Err(Error::usage(format!("--to: {trouble}"), "name the region in which the payload is run"));
    }
    let is_plan = args.target == Some(Target::RegionSwitch);
    unfit(args, is_plan)?;
    match (&args.check, &args.application) {
        (Some(file), _) => check(global, args, file),
        (None, Some(application)) if is_plan => plans::make(global, args, application),
        (None, Some(application)) => make(global, args, application),
        (None, None) => Err(Error::usage("there is nothing to do", "name an application, or a payload: --check FILE")),
    }
}

/// What is asked for and is for the other one.
fn unfit(args: &OrchestrateArgs, is_plan: bool) -> Result<(), Error> {
    let for_payloads =
        [("--failback", args.failback), ("--planned", args.planned), ("--exports", args.exports.is_some())];
    if let Some((name, _)) = for_payloads.into_iter().find(|(_, given)| *given && is_plan) {
        return Err(Error::usage(
            format!("{name} is for payloads of the DR Orchestrator"),
            "a plan has workflows for both ways",
        ));
    }
    if args.format == Format::Terraform && (!is_plan || args.check.is_some()) {
        return Err(Error::usage(
            "only a plan that is made is written as code",
            "add an application and --as region-switch",
        ));
    }
    if !args.set.is_empty() && !is_plan && !args.failback {
        return Err(Error::usage("--set is for --failback, and for --as region-switch", "leave it out"));
    }
    Ok(())
}

fn make(global: &Global, args: &OrchestrateArgs, application: &str) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let EstateRead { input, loaded, now } = estate(global, args)?;
    known(&loaded, application)?;
    let made = orchestrate::make(input.inventory, &loaded.config, now, &wanted(args, application));
    let made = made.map_err(|trouble| Error::usage(trouble, "say in which one it is run: --to REGION"))?;
    made.refused.iter().for_each(|found| say(&left_out("refused", found)));
    if !global.quiet {
        made.left_out.iter().for_each(|found| say(&left_out("left out", found)));
    }
    made.findings.iter().for_each(|finding| say(&line(finding)));
    if !global.quiet {
        made.verify.iter().for_each(|found| say(&proof(found, application, &made.region)));
    }
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
    if args.target.map_or_else(|| orchestrate::arc::is_plan(&text), |target| target == Target::RegionSwitch) {
        return plans::check(global, args, &name, &text);
    }
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
        Format::Table | Format::Terraform => table(&found, &name, width(), out),
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
