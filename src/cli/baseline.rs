//! `seaworthy baseline`: the failures that are known.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{FilterArgs, Global, JudgeArgs};
use super::error::Error;
use super::targets::Targets;
use super::terminal;
use crate::assess::baseline::{Baseline, FILE};
use crate::output::Output;
use crate::pipeline::{Pipeline, Request};
use crate::result::Exit;
use crate::text::{clean, count};

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write all failures that no waiver covers, in the place of what the file has
    Write(BaselineArgs),
    /// Take away what is fixed, gone, or worse than it was; what the input does not show stays
    Prune(PruneArgs),
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    judge: JudgeArgs,
}

#[derive(Debug, Args)]
pub(super) struct PruneArgs {
    #[command(flatten)]
    args: BaselineArgs,
    /// Take away what the input does not show, too: resources elsewhere, policies that are not asked
    #[arg(long)]
    all: bool,
}

pub(super) fn run(global: &Global, command: &BaselineCommand) -> Result<Exit, Error> {
    match command {
        BaselineCommand::Write(args) => write(global, args),
        BaselineCommand::Prune(args) => prune(global, args),
    }
}

/// Without a look at the baseline, which may be about to be written anew because it cannot be read.
fn pipeline(global: &Global, judge: &JudgeArgs) -> Result<Pipeline, Error> {
    let request = judge.request(global, &FilterArgs::default(), global.load()?)?;
    Ok(Pipeline::new(Request { baseline: None, ..request })?)
}

fn write(global: &Global, args: &BaselineArgs) -> Result<Exit, Error> {
    let pipeline = pipeline(global, &args.judge)?;
    let file = args.judge.waive.baseline_file(pipeline.loaded()).unwrap_or_else(|| PathBuf::from(FILE));
    // One that cannot be read is written anew.
    let before = Baseline::load(&file).unwrap_or_default();
    let mut output = Output::open(Some(&file))?;
    let baseline =
        pipeline.failures(args.targets.read(global, &pipeline.loaded().config, pipeline.needs_documents())?)?;
    output.write(|out| baseline.write(out))?;
    output.finish()?;
    let wrote = format!("wrote {}: {}", file.display(), count(baseline.entries().len(), "entry"));
    terminal::tell(&match baseline.missing_of(&before) {
        0 => format!("{wrote}\n"),
        missing => format!("{wrote}; {missing} that it had before are not in it\n"),
    })?;
    Ok(Exit::Passed)
}

fn prune(global: &Global, PruneArgs { args, all }: &PruneArgs) -> Result<Exit, Error> {
    let pipeline = pipeline(global, &args.judge)?;
    let Some(file) = args.judge.waive.baseline_file(pipeline.loaded()) else {
        let help = "name it with --baseline FILE, or write one: seaworthy baseline write FILE";
        return Err(Error::usage(format!("there is no '{FILE}' to prune"), help));
    };
    let mut baseline = Baseline::load(&file)?;
    let mut output = Output::open(Some(&file))?;
    let pruned = pipeline.prune(
        &mut baseline,
        args.targets.read(global, &pipeline.loaded().config, pipeline.needs_documents())?,
        *all,
    )?;
    output.write(|out| baseline.write(out))?;
    output.finish()?;
    let left = pruned
        .left
        .iter()
        .map(|(entry, left)| format!("{:<7} {}  {}\n", left.word(), clean(&entry.policy), clean(&entry.resource)));
    let kept = pruned
        .unseen
        .iter()
        .map(|(reason, number)| format!("kept    {}: {}\n", count(*number, "entry"), clean(reason)));
    let mut told: String = left.chain(kept).collect();
    if !pruned.unseen.is_empty() {
        told.push_str("        this input does not show whether they are over; --all takes them away\n");
    }
    told.push_str(&format!("wrote {}: {}\n", file.display(), count(baseline.entries().len(), "entry")));
    terminal::tell(&told)?;
    Ok(Exit::Passed)
}
