//! What the terminal can do, and what the user wants of it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{IsTerminal, Write as _};

use clap::ValueEnum as _;
use terminal_size::{Height, Width, terminal_size_of};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};
use tracing_subscriber::EnvFilter;

use super::error::Error;
use crate::output::Output;

/// Columns where nobody says how many there are. Not 80: a log of CI wraps by itself, and a cut table does not.
const WIDTH: usize = 120;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal; NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE are respected
    #[default]
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether text to stdout has colour.
    pub(super) fn on_stdout(self) -> bool {
        self.on(&std::io::stdout())
    }

    fn on(self, stream: &impl IsTerminal) -> bool {
        let term = variable("TERM");
        // Windows sets no TERM, and its terminals know colour all the same.
        let knows_color = term.map_or(cfg!(windows), |term| term != "dumb");
        self.wanted().unwrap_or_else(|| stream.is_terminal() && knows_color)
    }

    /// What the arguments ask for, before they are understood: an error about them has colour as well, or has none.
    fn among(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut found = Self::default();
        let mut arguments = arguments.into_iter().take_while(|argument| argument != "--");
        while let Some(argument) = arguments.next() {
            let value = match argument.to_str().and_then(|text| text.strip_prefix("--color")) {
                Some("") => arguments.next().and_then(|value| value.into_string().ok()),
                Some(rest) => rest.strip_prefix('=').map(str::to_owned),
                None => None,
            };
            found = value.and_then(|value| Self::from_str(&value, false).ok()).unwrap_or(found);
        }
        found
    }

    /// Lets errors, help and whatever else is written in between follow it.
    fn prefer(self) {
        match self.wanted() {
            Some(true) => anstream::ColorChoice::Always.write_global(),
            Some(false) => anstream::ColorChoice::Never.write_global(),
            None => {}
        }
    }

    /// Whether text to files has colour: only if it was asked for by name.
    pub(super) fn in_files(self) -> bool {
        self == Self::Always
    }

    /// What the flag says, else the environment, if either does.
    fn wanted(self) -> Option<bool> {
        let forced = |name| variable(name).is_some_and(|value| value != "0");
        match self {
            Self::Always => Some(true),
            Self::Never => Some(false),
            Self::Auto if variable("NO_COLOR").is_some() => Some(false),
            Self::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => Some(true),
            Self::Auto if variable("CLICOLOR").as_deref() == Some("0") => Some(false),
            Self::Auto => None,
        }
    }
}

/// A variable of the environment that is set, and not to nothing.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Columns to fit into.
pub(super) fn width() -> usize {
    columns_of_stdout().or_else(stated).unwrap_or(WIDTH)
}

/// Columns that the environment states.
fn stated() -> Option<usize> {
    variable("COLUMNS")?.parse().ok().filter(|columns| *columns > 0)
}

/// Columns that sentences on stderr have to fit into. `None`: it is no terminal, and a line of a log stays whole.
pub(super) fn columns_of_stderr() -> Option<usize> {
    columns_of(terminal_size_of(std::io::stderr()))
}

/// The same for stdout.
pub(super) fn columns_of_stdout() -> Option<usize> {
    columns_of(terminal_size_of(std::io::stdout()))
}

fn columns_of(terminal: Option<(Width, Height)>) -> Option<usize> {
    let (Width(columns), _) = terminal?;
    stated().or(Some(usize::from(columns))).filter(|columns| *columns > 0)
}

/// The text with its long lines broken between words, so that the terminal breaks none in the middle of one. What
/// follows a label and two blanks continues below itself.
pub(super) fn fit(text: &str, columns: Option<usize>) -> Cow<'_, str> {
    match columns {
        Some(columns) if text.lines().any(|line| display_width(line) > columns) => {
            Cow::Owned(text.split('\n').map(|line| fit_line(line, columns)).collect::<Vec<_>>().join("\n"))
        }
        _ => Cow::Borrowed(text),
    }
}

fn fit_line(line: &str, columns: usize) -> String {
    if display_width(line) <= columns {
        return line.to_owned();
    }
    let indent = " ".repeat(hanging(&anstream::adapter::strip_str(line).to_string(), columns));
    let options =
        Options::new(columns).subsequent_indent(&indent).break_words(false).word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(line, options)
}

/// Columns before the text of a line that continues.
fn hanging(line: &str, columns: usize) -> usize {
    let text = line.trim_start();
    let leading = line.len() - text.len();
    let label = text.find("  ").map(|end| line.len() - text[end..].trim_start().len());
    let label = label.and_then(|end| line.get(..end)).map(display_width);
    label.filter(|label| *label <= columns / 3).unwrap_or(leading + 2)
}

/// Whether stderr is a terminal, where bars can move.
#[cfg(feature = "aws")]
pub(super) fn has_bars() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether it runs in CI, where nobody watches and every line stays.
#[cfg(feature = "aws")]
pub(super) fn in_ci() -> bool {
    variable("CI").is_some()
}

/// Says something beside the results, on stderr. Whoever closed it does not want to know.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", fit(text, columns_of_stderr()));
}

/// Says on stdout what a command did or found.
pub(super) fn tell(text: &str) -> Result<(), Error> {
    Ok(Output::open(None)?.write(|out| out.write_all(fit(text, columns_of_stdout()).as_bytes()))?)
}

/// Sets up colour before the arguments are understood.
pub(super) fn set_up_early() {
    ColorChoice::among(std::env::args_os().skip(1)).prefer();
}

/// Sets up colour of errors and the log, both on stderr.
pub(super) fn set_up(color: ColorChoice, verbose: u8) {
    color.prefer();
    let levels = match verbose {
        0 => "error",
        1 => "warn,seaworthy=info",
        2 => "info,seaworthy=debug",
        _ => "debug,seaworthy=trace",
    };
    let filter = EnvFilter::try_from_env("SEAWORTHY_LOG").unwrap_or_else(|_| EnvFilter::new(levels));
    // It is set already only where a test runs several commands in one process.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(color.on(&std::io::stderr()))
        .with_writer(std::io::stderr)
        .without_time()
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words_below_their_text() {
        let text = "short\n  denied     kms:DescribeKey: no identity-based policy allows it\n\u{1b}[1mhelp:\u{1b}[0m a sentence of some length, which goes on\n";
        assert_eq!(fit(text, None), text);
        assert_eq!(fit(text, Some(100)), text);
        assert_eq!(
            fit(text, Some(39)),
            "short\n  denied     kms:DescribeKey: no\n             identity-based policy\n             allows it\n\u{1b}[1mhelp:\u{1b}[0m a sentence of some length, which\n  goes on\n"
        );
        assert_eq!(
            fit("wrote a/very/long/path/that/has/no/blank", Some(20)),
            "wrote\n  a/very/long/path/that/has/no/blank"
        );
    }

    #[test]
    fn the_colour_that_the_arguments_ask_for_is_known_before_they_are_understood() {
        let among = |text: &str| ColorChoice::among(text.split(' ').map(OsString::from));
        assert_eq!(among("--color never chek"), ColorChoice::Never);
        assert_eq!(among("check --color=always"), ColorChoice::Always);
        for unclear in ["check", "check --color", "check --color=red", "check --colors never", "check -- --color never"]
        {
            assert_eq!(among(unclear), ColorChoice::Auto, "{unclear}");
        }
    }
}
