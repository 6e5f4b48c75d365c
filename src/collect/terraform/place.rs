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
        let account = account
            .or_else(|| estate.configuration.as_ref()?.account(&instance.provider))
            .or_else(|| learned?.0.word());
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
    use serde_json::json;

    use super::*;
    use crate::collect::terraform::read;
    use crate::model::Timestamp;

    const ACCOUNT: &str = "123456789012";

    /// The place of a table that is made by a provider with these expressions.
    fn place(expressions: Value) -> Place {
        let table = json!({"address": "aws_dynamodb_table.t", "mode": "managed", "type": "aws_dynamodb_table",
            "name": "t", "provider_config_key": "aws.west", "expressions": {},
            "change": {"actions": ["create"], "before": null, "after": {"name": "t"}, "after_unknown": {"arn": true}}});
        let plan = json!({
            "variables": {
                "role": {"value": format!("arn:aws:iam::{ACCOUNT}:role/deploy")},
                "account": {"value": ACCOUNT},
                "accounts": {"value": [ACCOUNT]},
                "none": {"value": null},
            },
            "resource_changes": [table],
            "configuration": {
                "provider_config": {"aws.west": {"name": "aws", "alias": "west", "expressions": expressions}},
                "root_module": {"resources": [table]},
            },
        });
        let mut input = read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
        input.inventory.resources.remove(0).place
    }

    #[test]
    fn a_provider_works_in_the_account_of_its_role_or_in_the_only_one_allowed() {
        let role = |role: Value| json!({"assume_role": [{"role_arn": role}]});
        let allowed = |accounts: Value| json!({"allowed_account_ids": accounts});
        let variable = |name: &str| json!({"references": [format!("var.{name}")]});
        let constant = |value: Value| json!({"constant_value": value});
        let arn = format!("arn:aws:iam::{ACCOUNT}:role/deploy");
        let other = "arn:aws:iam::210987654321:role/hub";
        let chain = json!([{"role_arn": constant(json!(other))}, {"role_arn": constant(json!(arn))}]);
        let here = Place { account: ACCOUNT.into(), region: Fact::Unknown };
        for expressions in [
            role(constant(json!(arn))),
            role(variable("role")),
            json!({"assume_role": chain, "allowed_account_ids": constant(json!(["210987654321", ACCOUNT]))}),
            json!({"assume_role": [{"role_arn": variable("none")}], "allowed_account_ids": variable("accounts")}),
            allowed(constant(json!([ACCOUNT]))),
            allowed(variable("accounts")),
        ] {
            assert_eq!(place(expressions.clone()), here, "{expressions}");
        }
        let nowhere = Place { account: Fact::Unknown, region: Fact::Unknown };
        for expressions in [
            json!({}),
            role(variable("none")),
            // A part of the name of a role, and one of the accounts of a list.
            role(variable("account")),
            allowed(variable("account")),
            allowed(constant(json!([ACCOUNT, "210987654321"]))),
            allowed(constant(json!(["*"]))),
        ] {
            assert_eq!(place(expressions.clone()), nowhere, "{expressions}");
        }
        let both = json!({"region": constant(json!("us-west-2")), "assume_role": [{"role_arn": variable("role")}]});
        assert_eq!(place(both), Place { account: ACCOUNT.into(), region: "us-west-2".into() });
    }

    #[test]
    fn zones_have_a_region() {
        let zones = ["us-east-1a", "us-gov-west-1b", "us-west-2-lax-1a", "us-east-1", "a", "", "us-iso-east-1a"];
        assert_eq!(
            zones.map(region_of_zone),
            [Some("us-east-1"), Some("us-gov-west-1"), None, None, None, None, Some("us-iso-east-1")]
        );
    }
}
