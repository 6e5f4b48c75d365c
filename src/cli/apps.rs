//! `seaworthy apps`: which applications there are, and what holds data and belongs to none.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::Global;
use super::error::Error;
use super::estate::{EstateArgs, EstateRead};
use super::terminal::{say, width};
use crate::output::Output;
use crate::pipeline;
use crate::report::applications::{json, table};
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct AppsArgs {
    #[command(flatten)]
    estate: EstateArgs,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Write it to this file [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// One document, with the kinds and places of each
    Json,
}

pub(super) fn run(global: &Global, args: &AppsArgs) -> Result<Exit, Error> {
    let mut output = Output::open(args.output.as_deref())?;
    let EstateRead { input, loaded, now } = args.estate.read(global)?;
    if !global.quiet {
        input.trouble.iter().chain(&input.incomplete).for_each(|text| say(text));
        input.inventory.gaps().for_each(|gap| say(&gap.sentence()));
    }
    let found = pipeline::applications(input.inventory, &loaded.config, now);
    output.write(|out| match args.format {
        Format::Table => table(&found, width(), out),
        Format::Json => json(&found, out),
    })?;
    output.finish()?;
    Ok(Exit::Passed)
}
