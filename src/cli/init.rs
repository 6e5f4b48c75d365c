//! `seaworthy init`: a configuration to start from.

use std::path::PathBuf;

use clap::Args;

use super::error::Error;
use crate::output::Output;
use crate::result::Exit;

const TEMPLATE: &str = include_str!("../../reports/templates/seaworthy.yaml");

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// File to write; it must not be there yet
    #[arg(default_value = "seaworthy.yaml")]
    file: PathBuf,
}

pub(super) fn run(args: &InitArgs) -> Result<Exit, Error> {
    let shown = args.file.display();
    if args.file.exists() {
        let help = "remove it first, or name another file: seaworthy init FILE";
        return Err(Error::usage(format!("'{shown}' is there already, and is not overwritten"), help));
    }
    let mut output = Output::open(Some(&args.file))?;
    output.write(|out| out.write_all(TEMPLATE.as_bytes()))?;
    output.finish()?;
    super::terminal::tell(&format!("wrote {shown}; next: state your recovery regions in it, then seaworthy scan\n"))?;
    Ok(Exit::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Loaded};

    #[test]
    fn the_template_is_a_configuration_and_so_are_its_examples() {
        assert_eq!(Loaded::parse("seaworthy.yaml", TEMPLATE).unwrap().config, Config::default());
        // Prose has one blank after its `#`; an example has none, or two and more where it is indented.
        let is_prose = |rest: &str| rest.starts_with(' ') && !rest.starts_with("  ");
        let uncommented: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !is_prose(rest)).unwrap_or(line))
            .map(|line| format!("{line}\n"))
            .collect();
        let loaded = Loaded::parse("seaworthy.yaml", &uncommented).unwrap();
        assert_ne!(loaded.config, Config::default());
    }
}
