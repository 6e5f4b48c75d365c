//! What the terminal can do, and what the user wants of it.

use std::io::{IsTerminal as _, Write as _};

use terminal_size::{Width, terminal_size_of};
use tracing_subscriber::EnvFilter;

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
        self.wanted().unwrap_or_else(|| std::io::stdout().is_terminal() && variable("TERM").as_deref() != Some("dumb"))
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
    let columns = || variable("COLUMNS")?.parse().ok().filter(|columns| *columns > 0);
    let terminal = || terminal_size_of(std::io::stdout()).map(|(Width(columns), _)| usize::from(columns));
    columns().or_else(terminal).unwrap_or(WIDTH)
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
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Sets up colour of errors and the log, both on stderr.
pub(super) fn set_up(color: ColorChoice, verbose: u8) {
    match color.wanted() {
        Some(true) => anstream::ColorChoice::Always.write_global(),
        Some(false) => anstream::ColorChoice::Never.write_global(),
        None => {}
    }
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
        .with_ansi(color.wanted().unwrap_or_else(|| std::io::stderr().is_terminal()))
        .with_writer(std::io::stderr)
        .without_time()
        .try_init();
}
