//! What is typed behind `seaworthy orchestrate`, and what is read for it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::args::Global;
use super::super::error::Error;
use super::super::estate::{EstateArgs, EstateRead};
use super::super::terminal::say;
use crate::config::Loaded;
use crate::orchestrate::Wanted;
use crate::pipeline::PipelineError;
use crate::text::did_you_mean;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["application", "check"]))]
pub(in crate::cli) struct OrchestrateArgs {
    /// Make a payload, or a plan, of this application of the configuration
    #[arg(value_name = "APP")]
    pub(super) application: Option<String>,
    /// Look at this payload, or this plan of Region switch, before it is run; - for stdin
    #[arg(long, value_name = "FILE")]
    pub(super) check: Option<PathBuf>,
    /// What it is for [default: of a file what it looks like, else dr-orchestrator]
    #[arg(long = "as", value_enum, value_name = "TARGET")]
    pub(super) target: Option<Target>,
    /// It is for FAILBACK, not for FAILOVER
    #[arg(long)]
    pub(super) failback: bool,
    /// The region in which it is run [default: that of the recovery pair, else what the payload says]
    #[arg(long, value_name = "REGION")]
    pub(super) to: Option<String>,
    /// What `aws cloudformation list-exports` printed there, so that imports are known
    #[arg(long, value_name = "FILE", requires = "check")]
    pub(super) exports: Option<PathBuf>,
    /// Look at the payload alone: whether what it names is there stays unknown
    #[arg(long, requires = "check", conflicts_with_all = ["estate", "demo"])]
    pub(super) no_estate: bool,
    /// While the primary region is well: Aurora is switched over, and stays global
    #[arg(long, requires = "application", conflicts_with = "failback")]
    pub(super) planned: bool,
    /// Write what can be recovered, even if something else cannot
    #[arg(long, requires = "application")]
    pub(super) partial: bool,
    /// What no inventory tells, as NAME=VALUE, or STEP.NAME=VALUE for one step; repeats. Of a plan: executionRole, name,
    /// recoveryApproach, approvalRole, timeoutMinutes, targetPercent, capacityMonitoringApproach, behavior, crossAccountRole,
    /// externalId, alarm.NAME
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, conflicts_with = "check")]
    pub(super) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) estate: EstateArgs,
    /// How it is written
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(super) format: Format,
    /// Write the payload, the corrected one or the plan to this file
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// One document
    Json,
    /// A plan as code: aws_arcregionswitch_plan of hashicorp/aws 6.62.0 or later
    Terraform,
}

/// What runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// The AWS DR Orchestrator Framework
    DrOrchestrator,
    /// ARC Region switch
    RegionSwitch,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The estate, with what is known to be missing of it said.
pub(super) fn estate(global: &Global, args: &OrchestrateArgs) -> Result<EstateRead, Error> {
    let read = args.estate.read(global)?;
    if !global.quiet {
        read.input.trouble.iter().chain(&read.input.incomplete).for_each(|text| say(text));
        read.input.inventory.gaps().for_each(|gap| say(&gap.sentence()));
    }
    Ok(read)
}

/// An application of the configuration.
pub(super) fn known(loaded: &Loaded, application: &str) -> Result<(), Error> {
    let applications = &loaded.config.applications;
    if !applications.contains_key(application) {
        let hint = did_you_mean(application, applications.keys().map(String::as_str));
        return Err(PipelineError::UnknownApplication { name: application.to_owned(), hint }.into());
    }
    Ok(())
}

pub(super) fn wanted(args: &OrchestrateArgs, application: &str) -> Wanted {
    Wanted {
        application: application.to_owned(),
        region: args.to.clone(),
        planned: args.planned,
        failback: args.failback,
        partial: args.partial,
        given: args.set.iter().cloned().collect(),
    }
}
