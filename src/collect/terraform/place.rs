//! Where resources are: from an ARN, a zone, or what is known of their provider.

use std::collections::HashMap;

use serde_json::Value;

use super::world::{Estate, Instance};
use crate::collect::arn::Arn;
use crate::model::{Fact, Place};

/// The partition of a region: `aws`, `aws-cn`, `aws-us-gov`.
pub(super) fn partition_of(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

/// The region of an availability zone: `us-east-1` of `us-east-1a`. Local zones are not taken apart.
pub(super) fn region_of_zone(zone: &str) -> Option<&str> {
    let region = zone.strip_suffix(|last: char| last.is_ascii_lowercase())?;
    let parts: Vec<_> = region.split('-').collect();
    let number = parts.last()?;
    let whole = parts.len() == 3
        || (parts.len() == 4 && parts.get(1).is_some_and(|part| *part == "gov" || part.starts_with("iso")));
    (whole && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(region)
}

/// What is known of the place that each provider works in.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, (Learned, Learned)>);

/// A word that everybody who said it agrees on.
#[derive(Clone, Debug, Default)]
enum Learned {
    #[default]
    Nothing,
    One(String),
    Several,
}

impl Learned {
    fn hear(&mut self, word: &str) {
        match self {
            _ if word.is_empty() => {}
            Self::Nothing => *self = Self::One(word.to_owned()),
            Self::One(known) if known == word => {}
            _ => *self = Self::Several,
        }
    }

    fn word(&self) -> Option<String> {
        match self {
            Self::One(word) => Some(word.clone()),
            Self::Nothing | Self::Several => None,
        }
    }
}

impl Places {
    /// Learns from what the provider's resources say of themselves, whichever side of the change they are on.
    pub(super) fn learn(instances: &[Instance], accounts: &[(String, String)]) -> Self {
        let mut places = Self::default();
        for (provider, account) in accounts {
            places.0.entry(provider.clone()).or_default().0.hear(account);
        }
        for instance in instances {
            let (account, region) = places.0.entry(instance.provider.clone()).or_default();
            for values in [&instance.before, &instance.after] {
                if let Some(arn) = own_arn(instance, values).and_then(Arn::parse) {
                    account.hear(arn.account);
                    region.hear(arn.region);
                }
            }
        }
        places
    }

    /// The place of a resource with these values.
    pub(super) fn place(&self, estate: &Estate, instance: &Instance, values: &Value) -> Place {
        let said = |name: &str| values.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let arn = own_arn(instance, values).and_then(Arn::parse);
        let learned = self.0.get(&instance.provider);
        let account = arn.map(|arn| arn.account.to_owned()).filter(|account| !account.is_empty());
        let account = account.or_else(|| learned?.0.word());
        let region = || {
            said("region")
                .map(str::to_owned)
                .or_else(|| estate.configuration.as_ref()?.region(&instance.provider))
                .or_else(|| arn.map(|arn| arn.region.to_owned()).filter(|region| !region.is_empty()))
                .or_else(|| said("availability_zone").and_then(region_of_zone).map(str::to_owned))
                .or_else(|| learned?.1.word())
        };
        Place {
            account: Fact::from_known(account),
            region: if instance.kind.is_global() { Fact::Absent } else { Fact::from_known(region()) },
        }
    }
}

/// The ARN that the values of a resource give for it.
pub(super) fn own_arn<'v>(instance: &Instance, values: &'v Value) -> Option<&'v str> {
    values.get(instance.kind.arn)?.as_str().filter(|arn| arn.starts_with("arn:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_a_region() {
        let zones = ["us-east-1a", "us-gov-west-1b", "us-west-2-lax-1a", "us-east-1", "a", "", "us-iso-east-1a"];
        assert_eq!(
            zones.map(region_of_zone),
            [Some("us-east-1"), Some("us-gov-west-1"), None, None, None, None, Some("us-iso-east-1")]
        );
    }
}
