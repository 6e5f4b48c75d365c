//! `seaworthy completions` and `seaworthy man`.

use clap::Args;
use clap_complete::Shell;

use super::error::Error;
use crate::output::Output;
use crate::result::Exit;
use crate::text::did_you_mean;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// A subcommand: its own page; words for one below it: policy test
    #[arg(value_name = "COMMAND")]
    path: Vec<String>,
}

pub(super) fn completions(mut command: clap::Command, args: &CompletionsArgs) -> Result<Exit, Error> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "seaworthy", &mut text);
    Output::open(None)?.write(|out| out.write_all(&text))?;
    Ok(Exit::Passed)
}

pub(super) fn man(mut root: clap::Command, args: &ManArgs) -> Result<Exit, Error> {
    // Gives subcommands their full names and the global options.
    root.build();
    let mut page = &root;
    for word in &args.path {
        page = page.find_subcommand(word).ok_or_else(|| {
            let hint = did_you_mean(word, page.get_subcommands().map(clap::Command::get_name));
            Error::usage(format!("there is no command '{word}'{hint}"), "seaworthy --help lists the commands")
        })?;
    }
    let page = clap_mangen::Man::new(page.clone());
    Output::open(None)?.write(|out| page.render(out))?;
    Ok(Exit::Passed)
}
