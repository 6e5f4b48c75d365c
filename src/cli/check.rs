//! `seaworthy check`: files, judged.

use clap::Args;

use super::args::{FilterArgs, Global, JudgeArgs, OutputArgs};
use super::error::Error;
use super::outputs::Outputs;
use super::targets::Targets;
use crate::pipeline::Pipeline;
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn check(global: &Global, args: &CheckArgs) -> Result<Exit, Error> {
    let loaded = global.load()?;
    let outputs = Outputs::open(global, &args.output, &loaded)?;
    let pipeline = Pipeline::new(args.output.request(args.judge.request(global, &args.filter, loaded)?))?;
    let subject = args.targets.read(global, &pipeline.loaded().config, pipeline.needs_documents())?;
    let report = pipeline.report(subject, &args.output.outcomes())?;
    outputs.write(&report)?;
    Ok(Exit::of(report.gate.exit_code))
}
