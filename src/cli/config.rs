//! `seaworthy config`: is the configuration right, and what will a run make of it?

use std::fmt::Display;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{Global, OwnArgs};
use super::error::Error;
use super::terminal;
use crate::config::{Application, Config, Loaded, RecoveryPair};
use crate::model::{FailOn, GateScope};
use crate::pipeline::policies;
use crate::result::Exit;
use crate::text::{clean, count};

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Read it, and say what will be used
    Check(CheckArgs),
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Configurations [default: --config, or the one that is found]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    own: OwnArgs,
}

pub(super) fn run(global: &Global, command: &ConfigCommand) -> Result<Exit, Error> {
    let ConfigCommand::Check(args) = command;
    let loaded = match args.files.as_slice() {
        [] => vec![global.load()?],
        files => files.iter().map(|file| Loaded::read(file)).collect::<Result<_, _>>()?,
    };
    for one in &loaded {
        // For its errors.
        policies(&args.own.policies(), one)?;
    }
    terminal::tell(&loaded.iter().map(shown).collect::<Vec<_>>().join("\n"))?;
    Ok(Exit::Passed)
}

/// What a run will use, a line a subject.
fn shown(loaded: &Loaded) -> String {
    let config = &loaded.config;
    let first = match &loaded.file {
        Some(file) => format!("{} is valid", clean(file)),
        None => "no configuration file: the defaults are used".to_owned(),
    };
    let rows = [
        ("accounts", accounts(config)),
        ("regions", or(&config.regions, "every enabled one")),
        ("recovery", or(config.recovery.iter().map(pair), "none, so that nothing can be called recoverable")),
        ("applications", or(config.applications.iter().map(|(name, it)| application(name, it)), "none")),
        ("policies", set(config)),
        ("gate", gate(config)),
    ];
    let rows = rows.map(|(name, value)| format!("  {name:<12}  {}\n", clean(&value)));
    format!("{first}\n{}", rows.concat())
}

/// The items, or what holds if there are none.
fn or<T: Display>(items: impl IntoIterator<Item = T>, none: &str) -> String {
    let items: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    if items.is_empty() { none.to_owned() } else { items.join(", ") }
}

fn accounts(config: &Config) -> String {
    let organization = config.organization.as_ref();
    let of_organization = organization.map(|it| format!("those of the organization by role {}", it.role_name));
    or(of_organization.into_iter().chain(config.accounts.iter().map(|account| account.id.clone())), "the caller's own")
}

fn pair(pair: &RecoveryPair) -> String {
    let RecoveryPair { from, to, account, to_account, .. } = pair;
    let of = account.as_ref().map(|account| format!(" of {account}")).unwrap_or_default();
    let into = to_account.as_ref().map(|account| format!(" of {account}")).unwrap_or_default();
    format!("{from}{of} to {to}{into}")
}

fn application(name: &str, application: &Application) -> String {
    let objective = application.objective();
    let pattern = objective.pattern.map(|pattern| pattern.word().to_owned());
    let spans = [("rpo", objective.rpo), ("rto", objective.rto), ("retention", objective.retention)];
    let spans = spans.into_iter().filter_map(|(word, span)| Some(format!("{word} {}", span?)));
    let checks = Some(application.checks.len()).filter(|checks| *checks > 0).map(|checks| count(checks, "check"));
    match pattern.into_iter().chain(spans).chain(checks).collect::<Vec<_>>() {
        asked if asked.is_empty() => name.to_owned(),
        asked => format!("{name} ({})", asked.join(", ")),
    }
}

fn set(config: &Config) -> String {
    let parameters: usize = config.parameters.values().map(std::collections::BTreeMap::len).sum();
    let set = [(parameters, "parameter"), (config.severity.len(), "severity")];
    let set = set.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun));
    match set.collect::<Vec<_>>() {
        set if set.is_empty() => "as they are".to_owned(),
        set => format!("{} set", set.join(" and ")),
    }
}

fn gate(config: &Config) -> String {
    let gate = &config.gate;
    let mut text = match gate.fail_on {
        FailOn::Never => "never fails".to_owned(),
        FailOn::Critical => "fails on critical".to_owned(),
        least => format!("fails on {} and above", least.word()),
    };
    if gate.strict {
        text.push_str(", and on incomplete evidence");
    }
    if gate.scope == GateScope::All {
        text.push_str("; of a change all failures count");
    }
    text
}
