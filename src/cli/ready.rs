//! `seaworthy ready`: can an application be recovered, in which order, how fast, and what stands in the way?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Global, WaiveArgs, WhichArgs, region};
use super::error::Error;
use super::estate::{EstateArgs, EstateRead};
use super::input;
use super::outputs::render;
use super::terminal::say;
use crate::output::Output;
use crate::pipeline::{Pipeline, Request};
use crate::report::readiness::{ReadinessFormat, Record, records, write};
use crate::report::{Render, reporter};
use crate::result::{Exit, Readiness, Since};

#[derive(Debug, Args)]
pub(super) struct ReadyArgs {
    /// Applications of the configuration [default: all]
    #[arg(value_name = "APPLICATION")]
    applications: Vec<String>,
    /// Only the recovery in this region
    #[arg(long, value_name = "REGION", value_parser = region)]
    to: Option<String>,
    #[command(flatten)]
    estate: EstateArgs,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Write it to this file [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// An earlier `-f json`: say which blockers are new and which are gone
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    waive: WaiveArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the answer, what stands in the way, the order of the recovery
    #[default]
    Table,
    /// One document with everything, which a later run can be compared with
    Json,
    /// For a ticket, a pull request or a wiki
    Markdown,
    /// One page without scripts, for a meeting
    Html,
    /// The sequence for Graphviz, a rank a layer
    Dot,
    /// The sequence as Markdown of GitHub and GitLab draws it
    Mermaid,
    /// The sequence of one application as a picture
    Svg,
    /// The verdicts of one application, for code scanning
    Sarif,
    /// The verdicts of one application, for test reports
    Junit,
}

impl Format {
    /// How readiness is written; else it is a format of verdicts.
    fn of_readiness(self) -> Result<ReadinessFormat, &'static str> {
        match self {
            Self::Table => Ok(ReadinessFormat::Table),
            Self::Json => Ok(ReadinessFormat::Json),
            Self::Markdown => Ok(ReadinessFormat::Markdown),
            Self::Html => Ok(ReadinessFormat::Html),
            Self::Dot => Ok(ReadinessFormat::Dot),
            Self::Mermaid => Ok(ReadinessFormat::Mermaid),
            Self::Svg => Ok(ReadinessFormat::Svg),
            Self::Sarif => Err("sarif"),
            Self::Junit => Err("junit"),
        }
    }
}

pub(super) fn run(global: &Global, args: &ReadyArgs) -> Result<Exit, Error> {
    let earlier = args.since.as_deref().map(earlier).transpose()?.unwrap_or_default();
    let mut output = Output::open(args.output.as_deref())?;
    let asked = (args.applications.as_slice(), args.to.as_deref());
    let is_file = args.output.is_some();
    let (mut found, render) = readiness(global, &args.estate, asked, (&args.which, &args.waive), is_file)?;
    found.iter_mut().for_each(|ready| ready.since = since(ready, &earlier));
    match args.format.of_readiness() {
        Ok(format) => draw(&found, format, &render, &mut output)?,
        Err(format) => {
            let [one] = found.as_slice() else {
                let message =
                    format!("'{format}' holds the verdicts of one application, and {} were asked for", found.len());
                return Err(Error::usage(message, "name one, and with --to one region".to_owned()));
            };
            if let Some((reporter, report)) = reporter(format).zip(one.report.as_deref()) {
                output.write(|out| reporter.write(report, &render, out))?;
            }
        }
    }
    output.finish()?;
    let worst = found.iter().map(|ready| ready.decision).max();
    let exit = worst.map_or(Exit::Passed, Exit::from);
    if args.estate.is_demo() {
        say(&format!("for an estate of yours this would exit {}; the demo itself exits 0", exit as u8));
        return Ok(Exit::Passed);
    }
    Ok(exit)
}

/// The readiness of these applications, or of all, on the way to one region or to all of them; and how it is shown.
pub(super) fn readiness(
    global: &Global,
    estate: &EstateArgs,
    (names, to): (&[String], Option<&str>),
    (which, waive): (&WhichArgs, &WaiveArgs),
    is_file: bool,
) -> Result<(Vec<Readiness>, Render), Error> {
    let EstateRead { input, loaded, now } = estate.read(global)?;
    if loaded.config.applications.is_empty() {
        let help = "say in seaworthy.yaml, under 'applications', what belongs to them; 'seaworthy init' has an example";
        return Err(Error::usage("no applications are configured".to_owned(), help.to_owned()));
    }
    let render = render(global, is_file, &loaded);
    let request = Request {
        jobs: global.jobs.map_or(0, usize::from),
        waivers: waive.waivers_file(&loaded),
        baseline: waive.baseline_file(&loaded).filter(|_| !waive.no_waivers),
        no_waivers: waive.no_waivers,
        drills: Some(estate.drills(&loaded)?),
        now,
        ..which.request(global, loaded)
    };
    Ok((Pipeline::new(request)?.ready(input, names, to)?, render))
}

/// Writes it. A picture has room for one.
pub(super) fn draw(
    found: &[Readiness],
    format: ReadinessFormat,
    render: &Render,
    output: &mut Output,
) -> Result<(), Error> {
    if format == ReadinessFormat::Svg && found.len() > 1 {
        let message = format!("a picture is of one application, and {} were asked for", found.len());
        return Err(Error::usage(message, "name one, and with --to one region".to_owned()));
    }
    Ok(output.write(|out| write(found, format, render, out))?)
}

fn earlier(file: &std::path::Path) -> Result<Vec<Record>, Error> {
    let (name, bytes) = input::bytes(file)?;
    records(&bytes).map_err(|why| {
        let message = format!("'{name}' is no earlier readiness: {why}");
        Error::usage(message, "expected what 'seaworthy ready -f json' wrote".to_owned())
    })
}

/// What changed since the record of the same application and region, if there is one.
fn since(ready: &Readiness, earlier: &[Record]) -> Option<Since> {
    let is_it =
        |record: &&Record| record.application == ready.application && record.recovery_region == ready.recovery_region;
    let record = earlier.iter().find(is_it)?;
    let had = |print: &str| record.blockers.iter().any(|blocker| blocker.fingerprint == print);
    let has = |print: &str| ready.blockers.iter().any(|blocker| blocker.fingerprint == print);
    let new = ready.blockers.iter().filter(|blocker| !had(&blocker.fingerprint));
    let gone = record.blockers.iter().filter(|blocker| !has(&blocker.fingerprint));
    Some(Since {
        at: record.generated_at,
        decision: record.decision,
        new: new.map(|blocker| blocker.message.clone()).collect(),
        gone: gone.map(|blocker| blocker.message.clone()).collect(),
    })
}
