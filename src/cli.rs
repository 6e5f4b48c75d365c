//! The command line: what may be typed, and one file a subcommand that does it.

mod apps;
mod args;
mod baseline;
mod beside;
mod check;
mod completions;
mod config;
mod demo;
mod drill;
mod error;
mod estate;
mod explain;
mod format;
mod frameworks;
mod graph;
mod init;
mod input;
mod live;
mod objects;
mod orchestrate;
mod outputs;
mod policy;
mod ready;
mod record;
mod report;
mod schema;
mod stacks;
mod targets;
mod terminal;
mod verify;
#[cfg(any(feature = "aws", feature = "verify"))]
mod wait;

use std::borrow::Cow;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::result::Exit;
use args::Global;
pub use error::Error;
pub use input::InputError;

const EXIT_CODES: &str = "\
Exit codes, the same for every format:
  0  passed
  1  the gate failed: a policy of --fail-on or above; 'verify': a check failed
  2  usage, configuration or policy error
  3  nothing to judge
  4  evidence incomplete, under --strict; 'ready', 'orchestrate' and 'verify' cannot tell";

/// Can this estate be recovered in its recovery region, and what stands in the way?
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
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
    Check(check::CheckArgs),
    /// Render a stored result (-f json) again, in any format; exits as its gate did
    Report(report::ReportArgs),
    /// What resources are to each other, what leads nowhere, and what stands in for what; of an application (by its name in
    /// the place of a file), its recovery in layers
    Graph(graph::GraphArgs),
    /// Which applications there are, how large they are, and which data belongs to none
    Apps(apps::AppsArgs),
    /// Can an application be recovered, in which order, how fast, and what stands in the way: GO, NO-GO or CANNOT TELL
    Ready(ready::ReadyArgs),
    /// Write down what is done in a drill or an outage, and see what it has shown
    #[command(subcommand)]
    Drill(drill::DrillCommand),
    /// Payloads of the AWS DR Orchestrator Framework and plans of ARC Region switch: look at one before it is run, or make one of the
    /// estate
    Orchestrate(orchestrate::OrchestrateArgs),
    /// Does an application work, now that it was recovered: VERIFIED, FAILED or CANNOT TELL
    Verify(verify::VerifyArgs),
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
        Command::Check(args) => check::check(global, &args),
        Command::Report(args) => report::run(global, &args),
        Command::Graph(args) => graph::run(global, &args),
        Command::Apps(args) => apps::run(global, &args),
        Command::Ready(args) => ready::run(global, &args),
        Command::Drill(command) => drill::run(global, &command),
        Command::Orchestrate(args) => orchestrate::run(global, &args),
        Command::Verify(args) => verify::run(global, &args),
        Command::Explain(args) => explain::run(global, &args),
        Command::Policy(command) => policy::run(global, &command),
        Command::Baseline(command) => baseline::run(global, &command),
        Command::Iam(args) => live::iam(global, &args),
        Command::Doctor => live::doctor(global),
        Command::Init(args) => init::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Config(command) => config::run(global, &command),
        Command::Completions(args) => completions::completions(command(), &args),
        Command::Man(args) => completions::man(command(), &args),
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
