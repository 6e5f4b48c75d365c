//! Where a payload is run: the functions of the framework work in their own region and account.

use std::collections::BTreeSet;

use super::payload::Step;
use super::types::{Machine, What};
use crate::config::Config;
use crate::providers::aws::names::Arn;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Here {
    /// None: nobody says.
    pub region: Option<String>,
    /// None: nobody says.
    pub account: Option<String>,
}

impl Here {
    /// By what was asked for; else by the only recovery pair; else by what the payload says, if that is one region.
    pub(super) fn of(asked: Option<&str>, config: &Config, machine: Machine, steps: &[&Step]) -> Self {
        let pairs = config.recovery.iter().map(|pair| match machine {
            Machine::Failover => pair.to.as_str(),
            Machine::Failback => pair.from.as_str(),
        });
        let said = || steps.iter().flat_map(|step| said(step));
        let region = asked.or_else(|| only(pairs)).or_else(|| only(said()));
        let accounts = steps.iter().flat_map(|step| step.parameters.iter()).filter(|given| given.name != "KmsKeyId");
        let accounts = accounts.filter_map(|given| Arn::parse(given.value.known()?)?.known_account());
        Self { region: region.map(str::to_owned), account: only(accounts).map(str::to_owned) }
    }
}

/// Regions that a step says it is run in.
fn said(step: &Step) -> impl Iterator<Item = &str> {
    step.parameters.iter().filter_map(|given| {
        let text = given.value.known()?;
        match step.kind?.what(&given.name)? {
            What::RegionHere => Some(text),
            What::ClusterHere => Arn::parse(text)?.known_region(),
            _ => None,
        }
    })
}

fn only<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let all: BTreeSet<&str> = texts.collect();
    all.first().copied().filter(|_| all.len() == 1)
}
