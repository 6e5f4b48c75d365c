//! `seaworthy demo`: a bundled estate, judged.

use clap::Args;

use super::args::{Global, OutputArgs};
use super::error::Error;
use super::estate::{EstateRead, bundled, bundled_drills};
use super::outputs::Outputs;
use super::terminal;
use crate::pipeline::{Pipeline, Request};
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Judges it at the time when it was collected, so that it looks the same every day.
pub(super) fn run(global: &Global, args: &DemoArgs) -> Result<Exit, Error> {
    let EstateRead { input, loaded, now } = bundled()?;
    let outputs = Outputs::open(global, &args.output, &loaded)?;
    let jobs = global.jobs.map_or(0, usize::from);
    let request = Request { jobs, drills: Some(bundled_drills()?), ..Request::new(loaded, now) };
    let report = Pipeline::new(args.output.request(request))?.report(input, &args.output.outcomes())?;
    outputs.write(&report)?;
    let exit = Exit::of(report.gate.exit_code);
    terminal::say(&format!(
        "a scan of this estate would exit {} ({}); the demo itself exits 0",
        report.gate.exit_code,
        exit.meaning()
    ));
    Ok(Exit::Passed)
}
