//! Where resources are: from an ARN, a region, a zone, or a data source that tells it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::collect::terraform::provider::Told;
use crate::providers::aws::names::{Arn, region_of_zone};

pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:")
}

/// The ARNs of some services name no account, or no region.
pub(super) fn of_arn(arn: &str) -> Told<&str> {
    let Some(arn) = Arn::parse(arn) else { return Told::default() };
    let said = |word| Some(word).filter(|word: &&str| !word.is_empty());
    Told { account: said(arn.account), region: said(arn.region) }
}

pub(super) fn is_region(text: &str) -> bool {
    text.contains('-')
}

pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The region that attributes give for their resource. The ARN comes first: it is what the provider answered.
pub(super) fn region<'v>(values: &'v Value, arn: &str) -> Option<&'v str> {
    let said = |name: &str| values.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    said(arn)
        .and_then(|arn| of_arn(arn).region)
        .or_else(|| said("region"))
        .or_else(|| region_of_zone(said("availability_zone")?))
}

/// A bucket's ARN names no account, and its identity does. From version 6 of the provider.
pub(super) fn of_identity(identity: &Value) -> Vec<Told<&str>> {
    let said = |name: &str| identity.get(name).and_then(Value::as_str);
    vec![Told { account: said("account_id"), region: said("region") }, said("arn").map(of_arn).unwrap_or_default()]
}

/// The arguments with which a data source or a resource leaves the region of its provider.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PlaceArguments {
    region: Option<IgnoredAny>,
    endpoint: Option<IgnoredAny>,
    /// Of `data.aws_region` only: elsewhere it is any name.
    name: Option<IgnoredAny>,
}

pub(super) fn leaves_region(terraform_type: &str, expressions: &RawValue) -> serde_json::Result<bool> {
    let place: PlaceArguments = serde_json::from_str(expressions.get())?;
    let is_region = terraform_type == "aws_region";
    Ok(place.region.is_some() || (is_region && (place.name.is_some() || place.endpoint.is_some())))
}

/// The attributes of any type that tell where it is.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Telling {
    arn: Value,
    region: Value,
    availability_zone: Value,
    /// Of `data.aws_caller_identity`.
    account_id: Value,
    /// Of `data.aws_region`, before version 6.
    name: Value,
    /// Of `data.aws_availability_zones`.
    names: Value,
}

/// What attributes say of the place of their provider. A data source may show what is in another account. What is odd
/// in a type that is not mapped is no fault of the plan.
pub(super) fn witness(terraform_type: &str, is_data: bool, attributes: &RawValue) -> Option<Told<String>> {
    let telling: Telling = serde_json::from_str(attributes.get()).ok()?;
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let zone = |value: &Value| Some(region_of_zone(value.as_str()?)?.to_owned());
    let (account, region) = match terraform_type {
        "aws_caller_identity" if is_data => (text(&telling.account_id), None),
        "aws_region" if is_data => (None, text(&telling.region).or_else(|| text(&telling.name))),
        "aws_availability_zones" if is_data => (None, telling.names.as_array().into_iter().flatten().find_map(zone)),
        _ => {
            let Told { account, region } = telling.arn.as_str().map(of_arn).unwrap_or_default();
            let account = account.filter(|_| !is_data).map(str::to_owned);
            (account, region.map(str::to_owned).or_else(|| zone(&telling.availability_zone)))
        }
    };
    Some(Told { account: account.filter(|account| account.len() == 12), region })
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
