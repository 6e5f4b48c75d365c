//! Plans of ARC Region switch: made, and looked at.

use super::super::args::Global;
use super::super::error::Error;
use super::super::estate::EstateRead;
use super::super::terminal::{say, width};
use super::args::{Format, OrchestrateArgs, estate, known, wanted};
use crate::config::Loaded;
use crate::model::Timestamp;
use crate::orchestrate::arc;
use crate::output::Output;
use crate::pipeline::{Input, Pipeline, PipelineError, Request};
use crate::report::orchestrate::{left_out, line, proof};
use crate::report::region_switch::{json, made_headline, table, uncovered_line};
use crate::report::region_switch_code::{terraform, unknown};
use crate::result::{Exit, Readiness, Weight};

/// Whether applications come back in a region, as `seaworthy ready` finds it.
struct Asking {
    pipeline: Pipeline,
    input: Input,
}

impl Asking {
    fn new(global: &Global, input: &Input, loaded: &Loaded, now: Timestamp) -> Result<Self, PipelineError> {
        let request = Request { jobs: global.jobs.map_or(0, usize::from), ..Request::new(loaded.clone(), now) };
        Ok(Self { pipeline: Pipeline::new(request)?, input: input.clone() })
    }

    /// What cannot be told is told by nothing.
    fn ready(&self, names: &[String], to: &str) -> Vec<Readiness> {
        let of = |name: &String| {
            self.pipeline.ready(self.input.clone(), std::slice::from_ref(name), Some(to)).unwrap_or_default()
        };
        names.iter().flat_map(of).collect()
    }
}

pub(super) fn make(global: &Global, args: &OrchestrateArgs, application: &str) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let EstateRead { input, loaded, now } = estate(global, args)?;
    known(&loaded, application)?;
    let asking = Asking::new(global, &input, &loaded, now)?;
    let ready = |names: &[String], to: &str| asking.ready(names, to);
    let made = arc::make(input.inventory, &loaded.config, now, &wanted(args, application), &ready);
    let mut made = made.map_err(|trouble| Error::usage(trouble, "see seaworthy orchestrate --help"))?;
    let not_code = match (&made.plan, args.format) {
        (Some(plan), Format::Terraform) => unknown(plan),
        _ => Vec::new(),
    };
    made.refused.iter().for_each(|found| say(&left_out("refused", found)));
    not_code.iter().for_each(|told| say(&format!("left out: {told}")));
    if !global.quiet {
        made.left_out.iter().for_each(|found| say(&left_out("left out", found)));
        made.uncovered.iter().for_each(|row| say(&uncovered_line(row)));
        made.notes.iter().for_each(|note| say(note));
        made.verify.iter().for_each(|found| say(&proof(found, application, &made.region)));
    }
    made.findings
        .iter()
        .filter(|found| !global.quiet || found.weight == Weight::Fatal)
        .for_each(|finding| say(&line(finding)));
    if !not_code.is_empty() && !args.partial {
        made.plan = None;
        say(
            "no code is written, for what is left out would be missing (--partial writes the rest; -f table has all of it)",
        );
        return Ok(Exit::GateFailed);
    }
    say(&made_headline(&made));
    let written = match (&made.plan, args.format) {
        (_, Format::Json) if args.output.is_none() => output.write(|out| json(&made, out)).map(|()| true),
        (Some(plan), Format::Terraform) => output.write(|out| terraform(plan, out)).map(|()| true),
        (Some(plan), _) => output.write(|out| json(plan, out)).map(|()| true),
        (None, _) => Ok(false),
    }?;
    if written {
        output.finish()?;
    }
    if args.format == Format::Json && args.output.is_some() {
        Output::open(None)?.write(|out| json(&made, out))?;
    }
    Ok(match made.plan.is_none() && made.refused.is_empty() {
        true => Exit::NothingToEvaluate,
        false => made.answer.into(),
    })
}

pub(super) fn check(global: &Global, args: &OrchestrateArgs, name: &str, text: &str) -> Result<Exit, Error> {
    if args.output.is_some() {
        return Err(Error::usage("a plan is not corrected: nobody can tell what it means", "leave -o out"));
    }
    let mut output = Output::open(None)?;
    let found = if args.no_estate {
        arc::check(text, &global.load()?.config, None, &|_, _| Vec::new())
    } else {
        let EstateRead { input, loaded, now } = estate(global, args)?;
        let asking = Asking::new(global, &input, &loaded, now)?;
        arc::check(text, &loaded.config, Some((input.inventory, now)), &|names, to| asking.ready(names, to))
    };
    output.write(|out| match args.format {
        Format::Table | Format::Terraform => table(&found, name, width(), out),
        Format::Json => json(&found, out),
    })?;
    Ok(found.answer.into())
}
