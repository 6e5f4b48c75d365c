//! The program: reads the command line, runs it, and says what went wrong.

use std::io::Write as _;
use std::process::ExitCode;

use seaworthy::cli;
use seaworthy::result::Exit;
use seaworthy::text::clean_lines;

fn main() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // Nobody is left to tell if stderr is closed; so below.
            let _ = write!(anstream::stderr(), "{}", cli::fit_stderr(&error.render().ansi().to_string()));
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Trouble as u8));
        }
        // Help or the version, which was asked for.
        Err(error) => {
            let _ = error.print();
            return Exit::Passed.into();
        }
    };
    let error = match cli::run(cli) {
        Ok(exit) => return exit.into(),
        Err(error) => error,
    };
    let mut stderr = anstream::stderr().lock();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let bold = anstyle::Style::new().bold();
    let _ = writeln!(stderr, "{}", cli::fit_stderr(&format!("{red}error:{red:#} {}", clean_lines(&error.to_string()))));
    if let Some(help) = error.help() {
        let _ = writeln!(stderr, "{}", cli::fit_stderr(&format!("{bold}help:{bold:#} {}", clean_lines(&help))));
    }
    error.exit().into()
}
