//! `seaworthy report`: a stored result, rendered again.

use std::path::PathBuf;

use clap::Args;

use super::args::{Global, OutputArgs};
use super::error::Error;
use super::input;
use super::outputs::Outputs;
use crate::report::json;
use crate::result::{ChangeStatus, Exit};

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A result that `-f json=FILE` wrote; `-` is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(global: &Global, args: &ReportArgs) -> Result<Exit, Error> {
    let outputs = Outputs::open(global, &args.output, &global.load()?)?;
    let (file, bytes) = input::bytes(&args.file)?;
    let mut report = match json::read(&bytes) {
        Ok(report) => report,
        Err(source) => {
            return Err(match input::instead_of_report(&file, &bytes) {
                Some((what, help)) => {
                    let text = format!("'{file}' is {what}: expected a result that -f json=FILE wrote");
                    Error::usage(text, help)
                }
                None => Error::Report { file, source },
            });
        }
    };
    let shown = args.output.outcomes();
    report.verdicts.retain(|finding| {
        let fixed = finding.change.as_ref().is_some_and(|change| change.status == ChangeStatus::Fixed);
        fixed || shown.contains(&finding.outcome)
    });
    outputs.write(&report)?;
    Ok(Exit::of(report.gate.exit_code))
}
