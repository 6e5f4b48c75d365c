//! `-f FORMAT[=FILE]`, `--show` and `--framework`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::policy::Framework;
use crate::report::{REPORTERS, Reporter, reporter};
use crate::result::Outcome;
use crate::text::nearest;

/// A format, and where to.
#[derive(Clone)]
pub(super) struct FormatTo {
    pub(super) reporter: &'static dyn Reporter,
    /// `None`: stdout.
    pub(super) file: Option<PathBuf>,
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

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum ListFormat {
    #[default]
    Table,
    Json,
}

/// Takes any word: what is no id may be a file, and is looked up when it is needed. Shells are told the ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameworkParser;

impl TypedValueParser for FrameworkParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let all = Framework::built_in().unwrap_or_default();
        Some(Box::new(all.iter().map(|one| PossibleValue::new(one.id.as_str()).help(one.title.as_str()))))
    }
}

/// What `--framework` says in the long help.
pub(super) fn framework_help() -> String {
    "Tell it by the requirements of this framework, in every format: what the policies say that answer each, what that \
     rests on and how old it is, and what is left for a person; repeats. Neither what is judged nor the gate changes. A \
     framework of your own is a file that ends in .yaml"
        .to_owned()
}
