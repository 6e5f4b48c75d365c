//! The command line: what may be typed, and one file a subcommand that does it.

mod baseline;
mod completions;
mod config;
mod demo;
mod explain;
mod filter;
mod format;
mod init;
mod input;
mod live;
mod policy;
mod report;
mod run;
mod schema;
mod select;
mod stacks;
mod targets;
mod terminal;
mod waive;

use std::borrow::Cow;
use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory as _, Parser, Subcommand};

pub use input::InputError;

use crate::config::Loaded;
use crate::error::Error;
use crate::model::{FailOn, GateScope, Timestamp};
use crate::result::{Exit, Outcome};
use format::FormatTo;
use terminal::ColorChoice;

const EXIT_CODES: &str = "\
Exit codes, the same for every format:
  0  passed
  1  the gate failed: a policy of --fail-on or above
  2  usage, configuration or policy error
  3  nothing to judge
  4  evidence incomplete, under --strict";

/// Can this estate be recovered in its recovery region, and what stands in the way?
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every subcommand.
#[derive(Clone, Debug, Args)]
struct Global {
    /// Configuration [default: seaworthy.yaml, looked for upwards to the root of the repository]
    #[arg(short, long, value_name = "FILE", env = "SEAWORTHY_CONFIG", hide_env_values = true, global = true)]
    config: Option<PathBuf>,
    /// Use no configuration file, even if there is one
    #[arg(long, global = true)]
    no_config: bool,
    /// Print the answer and the gate only, and no progress
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Log to stderr; twice for more
    #[arg(short, long, action = ArgAction::Count, global = true)]
    verbose: u8,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    color: ColorChoice,
    /// Threads that judge [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), global = true)]
    jobs: Option<u16>,
    /// The clock of the run, for tests
    #[arg(long, value_name = "TIME", hide = true, global = true)]
    now: Option<Timestamp>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge a bundled estate of two regions: no account, no credentials, no network
    Demo(demo::DemoArgs),
    /// Collect and check in one go
    Scan(live::ScanArgs),
    /// Only collect, into an inventory file
    Collect(live::CollectArgs),
    /// Only check: inventory files, Terraform plans and states
    Check(run::CheckArgs),
    /// Render a stored result (-f json) again, in any format; exits as its gate did
    Report(report::ReportArgs),
    /// What a policy means for recovery, how to fix it, and what it maps to
    Explain(explain::ExplainArgs),
    /// List, test or start policies
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Keep the failures of today from failing the gate, until they get worse
    #[command(subcommand)]
    Baseline(baseline::BaselineCommand),
    /// Print the least privileges that a scan needs: a policy, or a role as a template
    Iam(live::IamArgs),
    /// Who am I, which accounts, regions and actions work, and what is missing; exits 4 if something is
    Doctor,
    /// Write a commented seaworthy.yaml to start from
    Init(init::InitArgs),
    /// Print the JSON Schema of a file: of the configuration, an inventory, a report or waivers
    Schema(schema::SchemaArgs),
    /// Check the configuration, without judging anything
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page, of seaworthy or of a subcommand
    Man(completions::ManArgs),
}

/// How results are judged.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Judging")]
struct JudgeArgs {
    /// Least severity that fails the gate [default: high, or the configuration's]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Unknown verdicts and gaps in what was collected fail too
    #[arg(long)]
    strict: bool,
    /// Failures of a change that count [default: introduced, or the configuration's]
    #[arg(long, value_enum, value_name = "WHICH")]
    gate: Option<GateScope>,
    #[command(flatten)]
    own: policy::OwnArgs,
    /// Only these policies: an id, an area or a framework's control; repeats
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these policies: an id, an area or a framework's control; repeats
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    skip: Vec<String>,
    #[command(flatten)]
    waive: waive::WaiveArgs,
}

/// Which resources are judged. The others are still looked at: they may be replicas or copies.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
struct FilterArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// Only resources of this application; repeats
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    app: Vec<String>,
}

/// Which places are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
struct PlaceArgs {
    /// Only this account; repeats
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = account)]
    account: Vec<String>,
    /// Only this region; repeats
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = region)]
    region: Vec<String>,
}

fn account(text: &str) -> Result<String, String> {
    match crate::config::is_account(text) {
        true => Ok(text.to_owned()),
        false => Err("expected twelve digits".to_owned()),
    }
}

fn region(text: &str) -> Result<String, String> {
    crate::config::region_trouble(text).map_or_else(|| Ok(text.to_owned()), Err)
}

/// How results are written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct OutputArgs {
    /// Output format, to stdout or to a file; repeats [default: table]
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = format::FormatParser, long_help = format::long_help())]
    format: Vec<FormatTo>,
    /// Verdicts that are listed; the counts always cover all
    #[arg(
        long,
        value_name = "VERDICTS",
        value_delimiter = ',',
        value_parser = format::shown(),
        default_values = ["fail", "unknown", "waived", "error"]
    )]
    show: Vec<format::Shown>,
    /// The table in short: a line a finding, and one for each cause of unknown verdicts
    #[arg(long)]
    compact: bool,
    /// List waived results in SARIF as suppressed; GitHub shows them as open alerts
    #[arg(long)]
    sarif_waived: bool,
}

impl OutputArgs {
    /// Outcomes that are listed, in their order.
    fn outcomes(&self) -> Vec<Outcome> {
        Outcome::ALL.into_iter().filter(|outcome| self.show.iter().any(|shown| shown.0.contains(outcome))).collect()
    }
}

impl Global {
    /// The configuration: the flag's, the environment's, or the one that is found.
    fn load(&self) -> Result<Loaded, Error> {
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
    fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// Reads what was typed. The error is also help or the version, where that was asked for.
pub fn parse() -> Result<Cli, clap::Error> {
    terminal::set_up_early();
    Cli::try_parse()
}

/// Text for stderr, broken between words where that is a terminal and a line is too long for it.
pub fn fit_stderr(text: &str) -> Cow<'_, str> {
    terminal::fit(text, terminal::columns_of_stderr())
}

/// Does what was typed.
pub fn run(cli: Cli) -> Result<Exit, Error> {
    let global = &cli.global;
    terminal::set_up(global.color, global.verbose);
    if let Some(jobs) = global.jobs {
        // It fails where the pool is in use already, as in a test: then that has the threads that it has.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    match cli.command {
        Command::Demo(args) => demo::run(global, &args),
        Command::Scan(args) => live::scan(global, &args),
        Command::Collect(args) => live::collect(global, &args),
        Command::Check(args) => run::check(global, &args),
        Command::Report(args) => report::run(global, &args),
        Command::Explain(args) => explain::run(global, &args),
        Command::Policy(command) => policy::run(global, &command),
        Command::Baseline(command) => baseline::run(global, &command),
        Command::Iam(args) => live::iam(global, &args),
        Command::Doctor => live::doctor(global),
        Command::Init(args) => init::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Config(command) => config::run(global, &command),
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => completions::man(&args),
    }
}

/// The command as clap sees it.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
