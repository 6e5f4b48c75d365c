//! The regions that this release knows, by partition, so that a typo is not taken for a place.
//!
//! The SDK has such a list, but only inside its generated crates, and the offline build has no SDK. Regions come faster
//! than releases: a name that is not in the list is a typo only if it is near one that is and ends in no direction. Areas
//! (`mx`, `il`) are no help, because a new one is two letters away from any other.

use crate::text;

/// Partition → its regions.
const PARTITIONS: &[(&str, &[&str])] = &[
    (
        "aws",
        &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
    ),
    ("aws-cn", &["cn-north-1", "cn-northwest-1"]),
    ("aws-us-gov", &["us-gov-east-1", "us-gov-west-1"]),
    ("aws-iso", &["us-iso-east-1", "us-iso-west-1"]),
    ("aws-iso-b", &["us-isob-east-1", "us-isob-west-1"]),
    ("aws-iso-e", &["eu-isoe-west-1"]),
    ("aws-iso-f", &["us-isof-east-1", "us-isof-south-1"]),
    ("aws-eusc", &["eusc-de-east-1"]),
];

/// Where regions lie in their area. A new region is named with one of them.
const DIRECTIONS: &[&str] =
    &["central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];

/// What a name is, as far as this release can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// A region of that partition.
    Known(&'static str),
    /// A typo of that region.
    Typo(&'static str),
    /// It may be a region that is newer than this release.
    Unknown,
    /// No region is called like that. There may be one that is near.
    Malformed(Option<&'static str>),
}

/// Tells what a name is.
fn named(name: &str) -> Named {
    if let Some(partition) = partition(name) {
        return Named::Known(partition);
    }
    if !is_region(name) {
        return Named::Malformed(nearest(&name.to_ascii_lowercase()));
    }
    let in_a_direction = name.rsplit('-').nth(1).is_some_and(|word| DIRECTIONS.contains(&word));
    match nearest(name) {
        Some(near) if !in_a_direction => Named::Typo(near),
        _ => Named::Unknown,
    }
}

/// The partition of a region that is known.
pub(crate) fn partition(region: &str) -> Option<&'static str> {
    PARTITIONS.iter().find(|(_, regions)| regions.contains(&region)).map(|(partition, _)| *partition)
}

/// The known region that is near enough to be meant: two slips at most.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let known = PARTITIONS.iter().flat_map(|(_, regions)| *regions).copied();
    text::nearest(name, known).filter(|near| strsim::damerau_levenshtein(name, near) <= 2)
}

/// `us-east-1`, `us-gov-west-1`: the shape of a region's name.
fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else { return false };
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.len() >= 2 && words.iter().all(is_word) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Why a name cannot be a region's; `None`: it can.
pub(crate) fn region_trouble(name: &str) -> Option<String> {
    match named(name) {
        Named::Known(_) | Named::Unknown => None,
        Named::Typo(near) | Named::Malformed(Some(near)) => {
            Some(format!("there is no region '{name}' (did you mean '{near}'?)"))
        }
        Named::Malformed(None) => Some(format!("'{name}' is no region: expected a name like 'us-east-1'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_region_has_the_shape_of_one_and_stands_here_once() {
        let all: Vec<_> = PARTITIONS.iter().flat_map(|(_, regions)| *regions).collect();
        let wrong: Vec<_> = all
            .iter()
            .filter(|name| !is_region(name) || all.iter().filter(|other| other == name).count() > 1)
            .collect();
        assert_eq!(wrong, Vec::<&&&str>::new());
    }

    #[test]
    fn a_typo_is_told_from_a_region_that_is_new() {
        let cases = [
            ("us-east-1", Named::Known("aws")),
            ("eusc-de-east-1", Named::Known("aws-eusc")),
            ("us-wset-2", Named::Typo("us-west-2")),
            ("us-esat-1", Named::Typo("us-east-1")),
            ("us-west-9", Named::Unknown),
            ("nz-north-1", Named::Unknown),
            ("mx-south-1", Named::Unknown),
            ("ap-southeast-12", Named::Unknown),
            ("zz-somewhere-7", Named::Unknown),
            ("US-EAST-1", Named::Malformed(Some("us-east-1"))),
            ("us-east1", Named::Malformed(Some("us-east-1"))),
            ("us-east-1a", Named::Malformed(Some("us-east-1"))),
            ("frankfurt", Named::Malformed(None)),
        ];
        for (name, expected) in cases {
            assert_eq!(named(name), expected, "{name}");
        }
    }
}
