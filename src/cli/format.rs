//! `-f FORMAT[=FILE]` and `--show`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::terminal::width;
use super::{Global, OutputArgs};
use crate::config::Loaded;
use crate::error::Error;
use crate::output::Output;
use crate::report::{REPORTERS, Render, Reporter, reporter};
use crate::result::{Outcome, Report};
use crate::text::nearest;

/// A format, and where to.
#[derive(Clone)]
pub(super) struct FormatTo {
    reporter: &'static dyn Reporter,
    /// `None`: stdout.
    file: Option<PathBuf>,
}

impl std::fmt::Debug for FormatTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?}", self.reporter.name(), self.file)
    }
}

/// Reads `sarif=out.sarif`.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = FormatTo;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<FormatTo, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, argument, value)?;
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => (name, Some(file)),
            None => (text.as_str(), None),
        };
        match reporter(name) {
            Some(_) if file == Some("") => Err(invalid(command, argument, &text)),
            Some(reporter) => Ok(FormatTo { reporter, file: file.filter(|file| *file != "-").map(PathBuf::from) }),
            None => Err(invalid(command, argument, name)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(REPORTERS.iter().map(|reporter| PossibleValue::new(reporter.name()).help(reporter.about()))))
    }
}

/// The error that clap makes for a value that is not among the possible ones.
fn invalid(command: &clap::Command, argument: Option<&clap::Arg>, found: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    let names: Vec<String> = REPORTERS.iter().map(|reporter| reporter.name().to_owned()).collect();
    if let Some(argument) = argument {
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
    }
    if let Some(near) = nearest(found, names.iter().map(String::as_str)) {
        error.insert(ContextKind::SuggestedValue, ContextValue::String(near.to_owned()));
    }
    error.insert(ContextKind::InvalidValue, ContextValue::String(found.to_owned()));
    error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
    error
}

/// What `--format` says in the long help.
pub(super) fn long_help() -> String {
    "Output format, to stdout or to a file: -f sarif=out.sarif; repeats, so that one run writes several \
     [default: table]"
        .to_owned()
}

/// What a word after `--show` stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown(pub &'static [Outcome]);

/// The words after `--show`.
pub(super) fn shown() -> impl TypedValueParser<Value = Shown> {
    static ALL: [Outcome; 6] = Outcome::ALL;
    PossibleValuesParser::new(ALL.iter().map(|outcome| outcome.word()).chain(["all"])).map(|word| {
        let at = ALL.iter().position(|outcome| outcome.word() == word);
        Shown(at.map_or(&ALL, |at| std::slice::from_ref(&ALL[at])))
    })
}

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
                width: width(),
                color: if file.is_some() { global.color.in_files() } else { global.color.on_stdout() },
                quiet: global.quiet,
                compact: args.compact,
                fallback_file: loaded.file_in_repository.clone().unwrap_or_else(|| "seaworthy.yaml".to_owned()),
                sarif_waived: args.sarif_waived,
                summary_file: std::env::var_os("GITHUB_STEP_SUMMARY")
                    .filter(|path| !path.is_empty())
                    .map(PathBuf::from),
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
