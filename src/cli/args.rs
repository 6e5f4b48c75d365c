//! Arguments that several subcommands share.

use std::path::PathBuf;

use clap::{ArgAction, Args};

use super::beside::beside;
use super::error::Error;
use super::format::{self, FormatTo};
use super::record::Record;
use super::terminal::ColorChoice;
use crate::assess::{baseline, waivers};
use crate::config::{Loaded, is_account, region_trouble};
use crate::model::{FailOn, GateScope, Timestamp};
use crate::pipeline::{Filter, OwnPolicies, Request};
use crate::policy::Expects;
use crate::result::Outcome;

/// Options of every subcommand.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// Configuration [default: seaworthy.yaml, looked for upwards to the root of the repository]
    #[arg(short, long, value_name = "FILE", env = "SEAWORTHY_CONFIG", hide_env_values = true, global = true)]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration file, even if there is one
    #[arg(long, global = true)]
    pub(super) no_config: bool,
    /// Print the answer and the gate only, and no progress
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Log to stderr; twice for more
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub(super) verbose: u8,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    pub(super) color: ColorChoice,
    /// Threads that judge [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), global = true)]
    pub(super) jobs: Option<u16>,
    /// The clock of the run, for tests
    #[arg(long, value_name = "TIME", hide = true, global = true)]
    pub(super) now: Option<Timestamp>,
}

/// Policies besides the built-in ones.
#[derive(Debug, Default, Args)]
pub(super) struct OwnArgs {
    /// More policies: a folder of .rego files with JSON and YAML data beside them, or one file; repeats
    #[arg(long, value_name = "PATH")]
    pub(super) policies: Vec<PathBuf>,
    /// JSON or YAML that they read below 'data'; repeats
    #[arg(long, value_name = "FILE")]
    pub(super) data: Vec<PathBuf>,
    /// What those of them expect as 'input' that have no header with 'for' or 'kinds'
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub(super) input: Expects,
}

impl OwnArgs {
    pub(super) fn policies(&self) -> OwnPolicies {
        OwnPolicies { paths: self.policies.clone(), data: self.data.clone(), expects: self.input }
    }
}

/// Which policies are asked.
#[derive(Debug, Default, Args)]
pub(super) struct WhichArgs {
    #[command(flatten)]
    pub(super) own: OwnArgs,
    /// Only these policies: an id, an area or a framework's control; repeats
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Not these policies: an id, an area or a framework's control; repeats
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) skip: Vec<String>,
}

impl WhichArgs {
    /// A run over all resources, by the policies that are asked.
    pub(super) fn request(&self, global: &Global, loaded: Loaded) -> Request {
        Request {
            own: self.own.policies(),
            select: self.select.clone(),
            skip: self.skip.clone(),
            ..Request::new(loaded, global.now())
        }
    }
}

/// How results are judged.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Judging")]
pub(super) struct JudgeArgs {
    /// Least severity that fails the gate [default: high, or the configuration's]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,
    /// Unknown verdicts and gaps in what was collected fail too
    #[arg(long)]
    pub(super) strict: bool,
    /// Failures of a change that count [default: introduced, or the configuration's]
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(super) gate: Option<GateScope>,
    #[command(flatten)]
    pub(super) which: WhichArgs,
    #[command(flatten)]
    pub(super) waive: WaiveArgs,
}

impl JudgeArgs {
    /// What is asked of the run. The files of waivers and of the baseline are those that are named or found.
    pub(super) fn request(&self, global: &Global, filter: &FilterArgs, loaded: Loaded) -> Result<Request, Error> {
        let PlaceArgs { account, region } = filter.place.clone();
        Ok(Request {
            drills: Some(Record::of(&loaded, None).book()?),
            jobs: global.jobs.map_or(0, usize::from),
            filter: Filter { accounts: account, regions: region, applications: filter.app.clone() },
            fail_on: self.fail_on,
            strict: self.strict,
            scope: self.gate,
            waivers: self.waive.waivers_file(&loaded),
            baseline: self.waive.baseline_file(&loaded).filter(|_| !self.waive.no_waivers),
            no_waivers: self.waive.no_waivers,
            ..self.which.request(global, loaded)
        })
    }
}

/// Which resources are judged. The others are still looked at: they may be replicas or copies.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct FilterArgs {
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    /// Only resources of this application; repeats
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) app: Vec<String>,
}

/// Which places are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct PlaceArgs {
    /// Only this account; repeats
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = account)]
    pub(super) account: Vec<String>,
    /// Only this region; repeats
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = region)]
    pub(super) region: Vec<String>,
}

fn account(text: &str) -> Result<String, String> {
    match is_account(text) {
        true => Ok(text.to_owned()),
        false => Err("expected twelve digits".to_owned()),
    }
}

pub(super) fn region(text: &str) -> Result<String, String> {
    region_trouble(text).map_or_else(|| Ok(text.to_owned()), Err)
}

/// How results are written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Output format, to stdout or to a file; repeats [default: table]
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = format::FormatParser, long_help = format::long_help())]
    pub(super) format: Vec<FormatTo>,
    /// Verdicts that are listed; the counts always cover all
    #[arg(
        long,
        value_name = "VERDICTS",
        value_delimiter = ',',
        value_parser = format::shown(),
        default_values = ["fail", "unknown", "waived", "error"]
    )]
    pub(super) show: Vec<format::Shown>,
    /// Tell it by the requirements of this framework, in every format: an id, or a file of your own; repeats
    #[arg(
        long,
        value_name = "ID",
        value_delimiter = ',',
        value_parser = format::FrameworkParser,
        long_help = format::framework_help()
    )]
    pub(super) framework: Vec<String>,
    /// The table in short: a line a finding, and one for each cause of unknown verdicts
    #[arg(long)]
    pub(super) compact: bool,
    /// List waived results in SARIF as suppressed; GitHub shows them as open alerts
    #[arg(long)]
    pub(super) sarif_waived: bool,
}

impl OutputArgs {
    /// What the report is to be told by is asked of the run, too.
    pub(super) fn request(&self, request: Request) -> Request {
        Request { frameworks: self.framework.clone(), ..request }
    }

    /// Outcomes that are listed, in their order.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        Outcome::ALL.into_iter().filter(|outcome| self.show.iter().any(|shown| shown.0.contains(outcome))).collect()
    }
}

impl Global {
    /// The configuration: the flag's, the environment's, or the one that is found.
    pub(super) fn load(&self) -> Result<Loaded, Error> {
        if self.no_config {
            return Ok(Loaded::default());
        }
        let found = || Loaded::find(&std::env::current_dir().ok()?);
        match self.config.clone().or_else(found) {
            Some(path) => Ok(Loaded::read(&path)?),
            None => Ok(Loaded::default()),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub(super) fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// `--waivers` and `--baseline`: which failures are answered for.
#[derive(Debug, Default, Args)]
pub(super) struct WaiveArgs {
    /// Waivers [default: waivers.yaml beside the configuration or here, if it is there]
    #[arg(long, value_name = "FILE")]
    pub(super) waivers: Option<PathBuf>,
    /// Let no waiver and no baseline count
    #[arg(long)]
    pub(super) no_waivers: bool,
    /// Known failures, which do not count [default: seaworthy-baseline.json, likewise]
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
}

impl WaiveArgs {
    /// The file of waivers, if there is one or one was named.
    pub(super) fn waivers_file(&self, loaded: &Loaded) -> Option<PathBuf> {
        if self.no_waivers {
            return None;
        }
        self.waivers.clone().or_else(|| beside(loaded, waivers::FILE))
    }

    /// The file of the baseline, if there is one or one was named.
    pub(super) fn baseline_file(&self, loaded: &Loaded) -> Option<PathBuf> {
        self.baseline.clone().or_else(|| beside(loaded, baseline::FILE))
    }
}
