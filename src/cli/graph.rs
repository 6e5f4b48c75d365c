//! `seaworthy graph`: what each resource is to others, and what leads nowhere.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::Global;
use super::error::Error;
use super::targets::Targets;
use super::terminal::{say, width};
use crate::output::Output;
use crate::pipeline;
use crate::report::graph::{GraphFormat, write};
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct GraphArgs {
    #[command(flatten)]
    targets: Targets,
    /// Only what stands around this resource: its id, name or Terraform address, with * for any text; repeats
    #[arg(long, value_name = "RESOURCE")]
    of: Vec<String>,
    /// How many steps away from it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=20), requires = "of")]
    steps: u8,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Write it to this file [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the edges of the resources that are asked for, else how many there are and what leads nowhere
    #[default]
    Table,
    /// A line a resource, then a line an edge
    Json,
    /// Graphviz
    Dot,
    /// A flowchart, as Markdown of GitHub and GitLab draws it
    Mermaid,
}

impl From<Format> for GraphFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Table => Self::Table,
            Format::Json => Self::Json,
            Format::Dot => Self::Dot,
            Format::Mermaid => Self::Mermaid,
        }
    }
}

pub(super) fn run(global: &Global, args: &GraphArgs) -> Result<Exit, Error> {
    let loaded = global.load()?;
    let mut output = Output::open(args.output.as_deref())?;
    let input = args.targets.read(global, &loaded.config, false)?.input;
    if !global.quiet {
        input.trouble.iter().chain(&input.incomplete).for_each(|text| say(text));
    }
    let graph = pipeline::graph(input.inventory, &loaded.config, global.now(), &args.of, args.steps.into())?;
    output.write(|out| write(&graph, args.format.into(), width(), out))?;
    output.finish()?;
    Ok(Exit::Passed)
}
