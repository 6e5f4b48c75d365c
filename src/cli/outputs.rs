//! Where a report is written to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::args::{Global, OutputArgs};
use super::error::Error;
use super::format::FormatTo;
use super::terminal::width;
use crate::config::Loaded;
use crate::output::Output;
use crate::report::{Render, Reporter, reporter};
use crate::result::Report;

/// The outputs of a run, opened before the work starts.
pub(super) struct Outputs {
    outputs: Vec<(&'static dyn Reporter, Output, Render)>,
}

impl Outputs {
    /// Opens what `-f` names, or the table on stdout.
    pub(super) fn open(global: &Global, args: &OutputArgs, loaded: &Loaded) -> Result<Self, Error> {
        let table = reporter("table").map(|reporter| FormatTo { reporter, file: None });
        let wanted = if args.format.is_empty() { table.into_iter().collect() } else { args.format.clone() };
        let mut taken: BTreeMap<Option<PathBuf>, &str> = BTreeMap::new();
        for FormatTo { reporter, file } in &wanted {
            if let Some(other) = taken.insert(file.clone(), reporter.name()) {
                let place = file.as_ref().map_or("stdout".to_owned(), |file| format!("'{}'", file.display()));
                let message = format!("'{other}' and '{}' cannot both be written to {place}", reporter.name());
                let help = format!("give one of them another file: -f {}=FILE", reporter.name());
                return Err(Error::usage(message, help));
            }
        }
        let open = |FormatTo { reporter, file }: FormatTo| {
            let render = Render {
                compact: args.compact,
                sarif_waived: args.sarif_waived,
                summary_file: std::env::var_os("GITHUB_STEP_SUMMARY")
                    .filter(|path| !path.is_empty())
                    .map(PathBuf::from),
                ..render(global, file.is_some(), loaded)
            };
            Ok((reporter, Output::open(file.as_deref())?, render))
        };
        Ok(Self { outputs: wanted.into_iter().map(open).collect::<Result<_, Error>>()? })
    }

    /// Writes the report to all of them. The files come into their places together, after the last was written.
    pub(super) fn write(mut self, report: &Report) -> Result<(), Error> {
        for (reporter, output, render) in &mut self.outputs {
            output.write(|out| reporter.write(report, render, out))?;
        }
        for (_, output, _) in self.outputs {
            output.finish()?;
        }
        Ok(())
    }
}

/// How something is rendered that has no more choices than every output has.
pub(super) fn render(global: &Global, to_file: bool, loaded: &Loaded) -> Render {
    Render {
        width: width(),
        color: if to_file { global.color.in_files() } else { global.color.on_stdout() },
        quiet: global.quiet,
        compact: false,
        fallback_file: loaded.file_in_repository.clone().unwrap_or_else(|| "seaworthy.yaml".to_owned()),
        sarif_waived: false,
        summary_file: None,
    }
}
