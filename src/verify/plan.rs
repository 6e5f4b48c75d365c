//! Which checks are made, where, and what they would contact. Nothing is contacted for it.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::collect::actions;
use crate::config::{Application, Check, Config, RecoveryPair};
use crate::result::{CheckPlan, PlannedCheck};
use crate::text::did_you_mean;

/// Why nothing can be asked.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    #[error("the configuration has no application '{name}'{hint}")]
    UnknownApplication { name: String, hint: String },
    #[error("application '{application}' has no check '{name}'{hint}")]
    UnknownCheck { application: String, name: String, hint: String },
    #[error("application '{application}' comes back in several regions: {regions}")]
    SeveralRegions { application: String, regions: String },
    #[error("check '{check}' needs a region, and none is configured for '{application}'")]
    NoRegion { application: String, check: String },
    #[error("nothing to verify: application '{application}' has no checks{place}")]
    NoChecks { application: String, place: String },
}

impl VerifyError {
    /// What the user can do about it.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownApplication { .. } => "applications are stated in seaworthy.yaml, under 'applications'",
            Self::UnknownCheck { .. } => "seaworthy verify APP --list lists the checks",
            Self::SeveralRegions { .. } | Self::NoRegion { .. } => "say in which one it is to be up: --to REGION",
            Self::NoChecks { .. } => {
                "say in seaworthy.yaml, under 'checks' of the application, what has to work; 'seaworthy init' has an example"
            }
        }
        .to_owned()
    }
}

/// The checks of an application in one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// As it is told.
    pub told: CheckPlan,
    /// The account that took over, where it is another than that of the resources.
    pub(super) account: Option<String>,
    /// Beside what is told: the checks, with the region in its place.
    pub(super) checks: Vec<Check>,
}

/// Decides it. `to`: the region that was asked for. `only`: names of checks; empty: all.
pub fn plan(config: &Config, name: &str, to: Option<&str>, only: &[String]) -> Result<Plan, VerifyError> {
    let Some(application) = config.applications.get(name) else {
        let hint = did_you_mean(name, config.applications.keys().map(String::as_str));
        return Err(VerifyError::UnknownApplication { name: name.to_owned(), hint });
    };
    let names = || application.checks.iter().map(|check| check.name.as_str());
    if let Some(unknown) = only.iter().find(|wish| !names().any(|name| name == wish.as_str())) {
        let hint = did_you_mean(unknown, names());
        return Err(VerifyError::UnknownCheck { application: name.to_owned(), name: unknown.clone(), hint });
    }
    let asked: Vec<&Check> =
        application.checks.iter().filter(|check| only.is_empty() || only.contains(&check.name)).collect();
    let none = |place: String| VerifyError::NoChecks { application: name.to_owned(), place };
    if asked.is_empty() {
        return Err(none(String::new()));
    }
    let region = match to {
        Some(to) => Some(to.to_owned()),
        None => region(config, name, application, &asked)?,
    };
    let region = region.as_deref();
    let (told, checks): (Vec<_>, Vec<_>) = asked.into_iter().filter_map(|check| planned(check, region)).unzip();
    if let Some(region) = region.filter(|_| told.iter().all(|check| check.skipped.is_some())) {
        return Err(none(format!(" for {region}")));
    }
    let to = pairs(config, application).find(|pair| Some(pair.to.as_str()) == region);
    let account = to.and_then(|pair| pair.to_account.clone());
    let told = CheckPlan { application: name.to_owned(), region: region.map(str::to_owned), checks: told };
    Ok(Plan { told, account, checks })
}

/// The pairs by which anything of an application may come back.
fn pairs<'a>(config: &'a Config, application: &'a Application) -> impl Iterator<Item = &'a RecoveryPair> {
    config.recovery.iter().filter(|pair| {
        let Application { regions, accounts, .. } = application;
        let account = pair.account.as_ref().is_none_or(|own| accounts.is_empty() || accounts.contains(own));
        account && (regions.is_empty() || regions.contains(&pair.from))
    })
}

/// The one region in which it comes back. Several are no trouble where no check asks for one.
fn region(
    config: &Config,
    name: &str,
    application: &Application,
    checks: &[&Check],
) -> Result<Option<String>, VerifyError> {
    let regions: BTreeSet<&str> = pairs(config, application).map(|pair| pair.to.as_str()).collect();
    let needs = checks.iter().find(|check| check.needs_region() || !check.only_in.is_empty());
    match (regions.len(), needs) {
        (1, _) => Ok(regions.first().map(|region| (*region).to_owned())),
        (_, None) => Ok(None),
        (0, Some(check)) => Err(VerifyError::NoRegion { application: name.to_owned(), check: check.name.clone() }),
        (_, Some(_)) => Err(VerifyError::SeveralRegions {
            application: name.to_owned(),
            regions: regions.into_iter().collect::<Vec<_>>().join(", "),
        }),
    }
}

fn planned(check: &Check, region: Option<&str>) -> Option<(PlannedCheck, Check)> {
    let is_here = |region: &str| check.only_in.iter().any(|own| own == region);
    let elsewhere = !check.only_in.is_empty() && !region.is_some_and(is_here);
    let skipped = elsewhere.then(|| format!("it is for {} only", check.only_in.join(", ")));
    let check = region.map_or_else(|| check.clone(), |region| check.in_region(region));
    let what = check.what()?;
    let (kind, target) = (what.word(), what.target());
    let actions = actions::VERIFY.iter().find(|(word, _)| *word == kind).map_or(&[][..], |(_, actions)| actions);
    let within_seconds = check.within.seconds;
    Some((PlannedCheck { name: check.name.clone(), kind, target, within_seconds, actions, skipped }, check))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_only_read_and_the_readme_says_what() {
        let readme = include_str!("../../README.md");
        for action in actions::VERIFY.iter().flat_map(|(_, actions)| *actions) {
            let (_, operation) = action.split_once(':').unwrap();
            assert!(["Describe", "Simulate"].iter().any(|verb| operation.starts_with(verb)), "{action}");
            assert!(readme.contains(&format!("`{action}`")), "the README lacks {action}");
        }
    }
}
