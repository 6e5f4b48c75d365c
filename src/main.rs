//! The program: reads the command line, runs it, and says what went wrong.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use seaworthy::cli::{self, Cli};

fn main() -> ExitCode {
    let error = match cli::run(Cli::parse()) {
        Ok(exit) => return exit.into(),
        Err(error) => error,
    };
    let mut stderr = anstream::stderr().lock();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let bold = anstyle::Style::new().bold();
    // Nobody is left to tell if stderr is closed.
    let _ = writeln!(stderr, "{red}error:{red:#} {error}");
    if let Some(help) = error.help() {
        let _ = writeln!(stderr, "{bold}help:{bold:#} {help}");
    }
    error.exit().into()
}
