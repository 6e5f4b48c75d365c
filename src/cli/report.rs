//! `seaworthy report`: a stored result, rendered again.

use std::path::PathBuf;

use clap::Args;

use super::args::{Global, OutputArgs};
use super::error::Error;
use super::input;
use super::outputs::Outputs;
use crate::report::json;
use crate::result::{ChangeStatus, Exit, Report};
use crate::text::did_you_mean;

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
    chosen(&mut report, &args.output.framework, &file)?;
    outputs.write(&report)?;
    Ok(Exit::of(report.gate.exit_code))
}

/// Leaves the frameworks that are asked for. What is not stored cannot be told: most passes are not in a result.
fn chosen(report: &mut Report, words: &[String], file: &str) -> Result<(), Error> {
    if words.is_empty() {
        return Ok(());
    }
    let mut chosen = Vec::new();
    for word in words {
        let Some(found) = report.frameworks.iter().find(|one| one.id.eq_ignore_ascii_case(word)) else {
            let hint = did_you_mean(word, report.frameworks.iter().map(|one| one.id.as_str()));
            let message = format!("the result in '{file}' does not tell of the framework '{word}'{hint}");
            let help = format!("it has to be asked for when it is judged: seaworthy check FILE --framework {word}");
            return Err(Error::usage(message, help));
        };
        chosen.push(found.clone());
    }
    report.frameworks = chosen;
    Ok(())
}
