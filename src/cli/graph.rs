//! `seaworthy graph`: what each resource is to others, and what leads nowhere; of an application, its recovery in layers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Global, WaiveArgs, WhichArgs, region};
use super::error::Error;
use super::estate::EstateArgs;
use super::ready::{draw, readiness};
use super::targets::Targets;
use super::terminal::{say, width};
use crate::output::Output;
use crate::pipeline;
use crate::report::graph::{GraphFormat, write};
use crate::report::readiness::ReadinessFormat;
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct GraphArgs {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    estate: EstateArgs,
    /// Of an application, only the recovery in this region
    #[arg(long, value_name = "REGION", value_parser = region)]
    to: Option<String>,
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
    /// A picture of an application
    Svg,
}

impl Format {
    fn of_resources(self) -> Result<GraphFormat, Error> {
        match self {
            Self::Table => Ok(GraphFormat::Table),
            Self::Json => Ok(GraphFormat::Json),
            Self::Dot => Ok(GraphFormat::Dot),
            Self::Mermaid => Ok(GraphFormat::Mermaid),
            Self::Svg => {
                let message = "a picture is of one application, and files were asked for";
                Err(Error::usage(message, "name an application of the configuration, or take -f dot"))
            }
        }
    }

    fn of_recovery(self) -> ReadinessFormat {
        match self {
            Self::Table => ReadinessFormat::Table,
            Self::Json => ReadinessFormat::Json,
            Self::Dot => ReadinessFormat::Dot,
            Self::Mermaid => ReadinessFormat::Mermaid,
            Self::Svg => ReadinessFormat::Svg,
        }
    }
}

pub(super) fn run(global: &Global, args: &GraphArgs) -> Result<Exit, Error> {
    if let Some(name) = application(global, args)? {
        return recovery(global, args, &name);
    }
    let format = args.format.of_resources()?;
    let loaded = global.load()?;
    let mut output = Output::open(args.output.as_deref())?;
    let input = args.targets.read(global, &loaded.config, false)?.input;
    if !global.quiet {
        input.trouble.iter().chain(&input.incomplete).for_each(|text| say(text));
    }
    let graph = pipeline::graph(input.inventory, &loaded.config, global.now(), &args.of, args.steps.into())?;
    output.write(|out| write(&graph, format, width(), out))?;
    output.finish()?;
    Ok(Exit::Passed)
}

/// What is no file and the configuration has is an application. Where an estate is named beside it, nothing else is meant.
fn application(global: &Global, args: &GraphArgs) -> Result<Option<String>, Error> {
    let is_meant = args.estate.is_named() || args.to.is_some();
    let only = args.targets.only_name().filter(|name| is_meant || !std::path::Path::new(name).exists());
    let Some(name) = only else {
        return match is_meant {
            true => Err(Error::usage(
                "an estate is named beside files",
                "name one application and no file: seaworthy graph APPLICATION",
            )),
            false => Ok(None),
        };
    };
    let is_known = is_meant || args.estate.configuration(global)?.config.applications.contains_key(name);
    Ok(is_known.then(|| name.to_owned()))
}

fn recovery(global: &Global, args: &GraphArgs, name: &str) -> Result<Exit, Error> {
    if !args.of.is_empty() {
        return Err(Error::usage("--of is for what files hold", "leave it out"));
    }
    let mut output = Output::open(args.output.as_deref())?;
    let names = [name.to_owned()];
    let asked = (names.as_slice(), args.to.as_deref());
    let usual = (&WhichArgs::default(), &WaiveArgs::default());
    let (found, render) = readiness(global, &args.estate, asked, usual, args.output.is_some())?;
    draw(&found, args.format.of_recovery(), &render, &mut output)?;
    output.finish()?;
    Ok(Exit::Passed)
}
