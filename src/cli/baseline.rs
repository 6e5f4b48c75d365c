//! `seaworthy baseline`: the failures that are known.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::run::{Pipeline, Targets};
use super::{FilterArgs, Global, JudgeArgs, terminal};
use crate::assess::baseline::{Baseline, FILE};
use crate::error::{Error, Exit};
use crate::output::Output;
use crate::text::count;

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write all failures that no waiver covers
    Write(BaselineArgs),
    /// Take away the entries that do not fail any more, or whose resource changed
    Prune(BaselineArgs),
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    judge: JudgeArgs,
}

pub(super) fn run(global: &Global, command: &BaselineCommand) -> Result<Exit, Error> {
    let (BaselineCommand::Write(args) | BaselineCommand::Prune(args)) = command;
    let filter = FilterArgs::default();
    let pipeline = Pipeline::new(global, &args.judge, &filter, global.load()?)?;
    let file = args.judge.waive.baseline_file(pipeline.loaded());
    let before = match (command, &file) {
        (BaselineCommand::Prune(_), Some(file)) => Some(Baseline::load(file)?),
        (BaselineCommand::Prune(_), None) => {
            let help = "name it with --baseline FILE, or write one: seaworthy baseline write FILE";
            return Err(Error::usage(format!("there is no '{FILE}' to prune"), help));
        }
        (BaselineCommand::Write(_), _) => None,
    };
    let file = file.unwrap_or_else(|| PathBuf::from(FILE));
    let mut output = Output::open(Some(&file))?;
    let today = pipeline.failures(args.targets.read(global)?)?;
    let (baseline, gone) = match before {
        Some(mut baseline) => {
            let gone = baseline.prune(&today);
            (baseline, gone)
        }
        None => (today, Vec::new()),
    };
    output.write(|out| baseline.write(out))?;
    output.finish()?;
    let gone = gone.iter().map(|entry| format!("gone  {}  {}\n", entry.policy, entry.resource));
    let wrote = format!("wrote {}: {}\n", file.display(), count(baseline.entries().len(), "entry"));
    terminal::tell(&gone.chain([wrote]).collect::<String>())?;
    Ok(Exit::Passed)
}
