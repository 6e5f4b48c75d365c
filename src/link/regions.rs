//! Regions that every account has. They cannot be switched off, so that a search through all of an account must have
//! seen them. Regions made since 2019 are enabled by choice; coverage names those that are.

const STANDARD: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];
const GOV: &[&str] = &["us-gov-east-1", "us-gov-west-1"];
const CHINA: &[&str] = &["cn-north-1", "cn-northwest-1"];

/// The regions that every account of that region's partition has.
pub(super) fn always_enabled(region: &str) -> &'static [&'static str] {
    if region.starts_with("us-gov-") {
        GOV
    } else if region.starts_with("cn-") {
        CHINA
    } else {
        STANDARD
    }
}
