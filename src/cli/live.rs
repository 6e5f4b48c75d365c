//! `seaworthy scan`, `collect`, `iam` and `doctor`: what has to do with a live AWS. Only `iam` works without the SDK.

#[cfg(feature = "aws")]
mod aws;
#[cfg(feature = "aws")]
mod progress;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

#[cfg(feature = "aws")]
pub(super) use self::aws::doctor;
#[cfg(feature = "aws")]
use self::aws::inventory;
#[cfg(not(feature = "aws"))]
pub(super) use self::without_aws::doctor;
#[cfg(not(feature = "aws"))]
use self::without_aws::inventory;

use super::args::{FilterArgs, Global, JudgeArgs, OutputArgs, PlaceArgs, WhichArgs};
use super::error::Error;
use super::outputs::Outputs;
use crate::collect::permissions::{PermissionFormat, permissions};
use crate::config::{Config, Loaded};
use crate::model::{Coverage, CoverageStatus, Inventory};
use crate::output::Output;
use crate::pipeline::{Input, Pipeline};
use crate::result::Exit;
use crate::text::{count, list};

#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Args)]
pub(super) struct CollectArgs {
    /// File to write, compressed if it ends in .zst; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten, next_help_heading = "Only what these policies need")]
    which: WhichArgs,
}

#[derive(Debug, Args)]
pub(super) struct IamArgs {
    /// What to print: the policy alone, or a role with it as a template
    #[arg(short, long, value_enum, default_value_t)]
    format: PermissionFormat,
    #[command(flatten, next_help_heading = "Only what these policies need")]
    which: WhichArgs,
}

pub(super) fn scan(global: &Global, args: &ScanArgs) -> Result<Exit, Error> {
    let loaded = global.load()?;
    let outputs = Outputs::open(global, &args.output, &loaded)?;
    let pipeline = Pipeline::new(args.output.request(args.judge.request(global, &args.filter, loaded)?))?;
    let config = &pipeline.loaded().config;
    let services = pipeline.services()?;
    let inventory = inventory(global, config, &args.filter.place.with_recovery(config), services)?;
    let report = pipeline.report(Input::from(inventory), &args.output.outcomes())?;
    outputs.write(&report)?;
    Ok(Exit::of(report.gate.exit_code))
}

/// All of these places, where they come back as well.
pub(super) fn estate(global: &Global, loaded: &Loaded, places: &PlaceArgs) -> Result<Input, Error> {
    let config = &loaded.config;
    Ok(inventory(global, config, &places.with_recovery(config), None)?.into())
}

pub(super) fn collect(global: &Global, args: &CollectArgs) -> Result<Exit, Error> {
    let pipeline = Pipeline::new(args.which.request(global, global.load()?))?;
    let mut output = Output::open(Some(&args.output))?;
    let inventory = inventory(global, &pipeline.loaded().config, &args.place, pipeline.services()?)?;
    output.write(|out| write(&inventory, &args.output, out))?;
    output.finish()?;
    if !global.quiet {
        say_what_was_seen(&inventory);
    }
    let saw = |status| matches!(status, CoverageStatus::Complete | CoverageStatus::Partial);
    let anything = inventory.coverage.iter().any(|row| saw(row.status));
    Ok(if anything { Exit::Passed } else { Exit::NothingToEvaluate })
}

fn write(inventory: &Inventory, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    if path.extension().is_none_or(|extension| extension != "zst") {
        return inventory.write(out);
    }
    let mut compressed = zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
    inventory.write(&mut compressed)?;
    compressed.finish()?;
    Ok(())
}

/// On stderr, because the inventory may be on stdout.
fn say_what_was_seen(inventory: &Inventory) {
    let (left_out, gaps): (Vec<_>, Vec<_>) = inventory.gaps().partition(|row| row.is_not_needed());
    let seen = count(inventory.resources.len(), "resource");
    super::terminal::say(&match gaps.len() {
        0 => format!("{seen}, and everything was seen"),
        gaps => format!("{seen}; not everything was seen, in {}:", count(gaps, "place")),
    });
    for gap in gaps {
        super::terminal::say(&format!("  {}", gap.sentence()));
    }
    let left_out: BTreeSet<&str> = left_out.iter().map(|row| row.service.as_str()).collect();
    if !left_out.is_empty() {
        let services = left_out.into_iter().map(str::to_owned).collect::<Vec<_>>();
        super::terminal::say(&format!("not asked: {}; {}", list(&services), Coverage::NOT_NEEDED));
    }
}

impl PlaceArgs {
    /// What has to be looked at to judge these places: where they come back as well.
    fn with_recovery(&self, config: &Config) -> Self {
        let mut wider = self.clone();
        for pair in &config.recovery {
            let known = config.regions.is_empty() || config.regions.contains(&pair.to);
            if self.region.contains(&pair.from) && known {
                wider.region.push(pair.to.clone());
            }
            let to = pair.to_account.as_ref().filter(|to| config.accounts.iter().any(|account| account.id == **to));
            if !self.account.is_empty() {
                wider.account.extend(to.cloned());
            }
        }
        wider.region.sort();
        wider.region.dedup();
        wider.account.sort();
        wider.account.dedup();
        wider
    }
}

pub(super) fn iam(global: &Global, args: &IamArgs) -> Result<Exit, Error> {
    let pipeline = Pipeline::new(args.which.request(global, global.load()?))?;
    let services = pipeline.services()?;
    let text = permissions(&pipeline.loaded().config, services.as_ref(), args.format);
    Output::open(None)?.write(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Passed)
}

/// What a build without the SDK answers.
#[cfg(not(feature = "aws"))]
mod without_aws {
    use super::*;

    pub(super) fn inventory(
        _: &Global,
        _: &Config,
        _: &PlaceArgs,
        _: Option<BTreeSet<&'static str>>,
    ) -> Result<Inventory, Error> {
        Err(Error::NoAws)
    }

    pub(in crate::cli) fn doctor(_: &Global) -> Result<Exit, Error> {
        Err(Error::NoAws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RecoveryPair;

    #[test]
    fn where_a_place_comes_back_is_looked_at_as_well() {
        let pair = |from: &str, to: &str| RecoveryPair {
            from: from.to_owned(),
            to: to.to_owned(),
            account: None,
            to_account: None,
            restore_role: None,
            keys: Default::default(),
        };
        let config = Config {
            recovery: vec![pair("us-east-1", "us-west-2"), pair("eu-west-1", "eu-central-1")],
            ..Config::default()
        };
        let only = |region: &[&str]| PlaceArgs {
            account: Vec::new(),
            region: region.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(only(&["us-east-1"]).with_recovery(&config), only(&["us-east-1", "us-west-2"]));
        assert_eq!(only(&[]).with_recovery(&config), only(&[]));
    }
}
