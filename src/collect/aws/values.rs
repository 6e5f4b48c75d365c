//! What the SDK's values are in the words of the model.

use crate::model::{Fact, TagFact, Tags};

/// Names and values of tags: `tags(list.iter().map(|tag| (tag.key(), tag.value())))`. A tag without a value is empty.
pub(crate) fn tags<'a>(list: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> TagFact {
    let pairs =
        list.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    Fact::Known(pairs.collect::<Tags>().into())
}

/// The partition of a region, for ARNs that have to be put together.
pub(crate) fn partition(region: &str) -> &'static str {
    match region.split('-').next() {
        Some("cn") => "aws-cn",
        Some("us") if region.starts_with("us-gov-") => "aws-us-gov",
        Some("us") if region.starts_with("us-iso-") => "aws-iso",
        Some("us") if region.starts_with("us-isob-") => "aws-iso-b",
        Some("us") if region.starts_with("us-isof-") => "aws-iso-f",
        Some("eu") if region.starts_with("eu-isoe-") => "aws-iso-e",
        Some("eusc") => "aws-eusc",
        _ => "aws",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_tells_its_partition() {
        let found = ["us-east-1", "us-gov-west-1", "us-isob-east-1", "cn-north-1", "eu-isoe-west-1"].map(partition);
        assert_eq!(found, ["aws", "aws-us-gov", "aws-iso-b", "aws-cn", "aws-iso-e"]);
    }
}
