//! Which regions of an account are read.

use std::collections::BTreeMap;

use aws_config::SdkConfig;

use super::{AwsError, Trouble};
use crate::collect::actions::DESCRIBE_REGIONS;
use crate::config::Config;
use crate::text::did_you_mean;

/// Every region there is, and whether the account has it enabled.
pub(super) async fn known(config: &SdkConfig) -> Result<BTreeMap<String, bool>, Trouble> {
    let answer = aws_sdk_ec2::Client::new(config).describe_regions().all_regions(true).send().await;
    let answer = answer.map_err(|error| Trouble::new(DESCRIBE_REGIONS, &error))?;
    let regions = answer.regions.unwrap_or_default().into_iter();
    // A partition without opt-in regions leaves the status out.
    Ok(regions
        .filter_map(|region| Some((region.region_name?, region.opt_in_status.as_deref() != Some("not-opted-in"))))
        .collect())
}

/// The regions to read, and those that were asked for in vain, with the reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub regions: Vec<String>,
    pub in_vain: Vec<(String, String)>,
}

/// `wanted`: regions that were asked for; none: every one that is enabled. `known` is `None` where the account does not
/// tell; then what was asked for is tried, else the `fallback`.
pub(super) fn choose(known: Option<&BTreeMap<String, bool>>, wanted: &[String], fallback: &str) -> Choice {
    let mut choice = Choice { regions: Vec::new(), in_vain: Vec::new() };
    match known {
        None if wanted.is_empty() => choice.regions.push(fallback.to_owned()),
        None => choice.regions.extend_from_slice(wanted),
        Some(known) if wanted.is_empty() => {
            choice.regions.extend(known.iter().filter(|(_, enabled)| **enabled).map(|(name, _)| name.clone()));
        }
        Some(known) => {
            for name in wanted {
                let reason = match known.get(name) {
                    Some(true) => {
                        choice.regions.push(name.clone());
                        continue;
                    }
                    Some(false) => "the region is not enabled in this account".to_owned(),
                    None => format!("there is no such region{}", did_you_mean(name, known.keys().map(String::as_str))),
                };
                choice.in_vain.push((name.clone(), reason));
            }
        }
    }
    choice.regions.sort_unstable();
    choice.regions.dedup();
    choice
}

/// The regions of an account that are asked for: those that are configured, as far as the user wants them now.
pub(super) fn wanted(configured: &[String], only: &[String]) -> Vec<String> {
    match (configured, only) {
        ([], wanted) | (wanted, []) => wanted.to_vec(),
        _ => configured.iter().filter(|name| only.contains(name)).cloned().collect(),
    }
}

/// A filter that fits no account at all is a typing error.
pub(super) fn check(config: &Config, only: &[String]) -> Result<(), AwsError> {
    let lists = || config.accounts.iter().map(|account| &account.regions).chain([&config.regions]);
    if config.regions.is_empty() && (config.accounts.is_empty() || lists().rev().skip(1).any(Vec::is_empty)) {
        return Ok(());
    }
    match only.iter().find(|name| !lists().any(|list| list.contains(name))) {
        None => Ok(()),
        Some(name) => {
            let hint = did_you_mean(name, lists().flatten().map(String::as_str));
            Err(AwsError::NoSuchRegion { name: name.clone(), hint })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn some_known() -> BTreeMap<String, bool> {
        [("us-east-1", true), ("eu-west-1", true), ("ap-east-1", false)].map(|(name, on)| (name.to_owned(), on)).into()
    }

    #[test]
    fn every_enabled_region_is_read_by_default() {
        let choice = choose(Some(&some_known()), &[], "us-east-1");
        assert_eq!(choice, Choice { regions: names(&["eu-west-1", "us-east-1"]), in_vain: vec![] });
    }

    #[test]
    fn a_region_that_cannot_be_read_says_why() {
        let choice = choose(Some(&some_known()), &names(&["us-esat-1", "us-east-1", "ap-east-1"]), "us-east-1");
        let in_vain = [
            ("us-esat-1", "there is no such region (did you mean 'us-east-1'?)"),
            ("ap-east-1", "the region is not enabled in this account"),
        ];
        let in_vain = in_vain.map(|(name, reason)| (name.to_owned(), reason.to_owned())).to_vec();
        assert_eq!(choice, Choice { regions: names(&["us-east-1"]), in_vain });
    }

    #[test]
    fn without_a_list_what_was_asked_for_is_tried() {
        let list = |wanted: &[String]| choose(None, wanted, "eu-west-1").regions;
        assert_eq!(list(&[]), names(&["eu-west-1"]));
        assert_eq!(list(&names(&["us-west-2"])), names(&["us-west-2"]));
    }

    #[test]
    fn a_filter_narrows_the_configuration_and_never_widens_it() {
        assert_eq!(wanted(&names(&["a", "b"]), &names(&["b", "c"])), names(&["b"]));
        assert_eq!(wanted(&[], &names(&["b"])), names(&["b"]));
        assert_eq!(wanted(&names(&["a"]), &[]), names(&["a"]));
    }

    #[test]
    fn a_filter_that_fits_nothing_is_an_error() {
        let config = Config { regions: names(&["us-east-1"]), ..Config::default() };
        assert_eq!(
            check(&config, &names(&["us-esat-1"])).unwrap_err().to_string(),
            "'us-esat-1' is none of the regions of the configuration (did you mean 'us-east-1'?)"
        );
        assert_eq!(check(&config, &names(&["us-east-1"])), Ok(()));
        assert_eq!(check(&Config::default(), &names(&["us-west-2"])), Ok(()));
    }
}
