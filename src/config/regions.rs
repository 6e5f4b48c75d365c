//! The regions that this release knows, so that a typo is not taken for a place.
//!
//! Regions come faster than releases: a name that is not in the list is a typo only if it is near one that is and ends in no direction. Areas
//! (`mx`, `il`) are no help, because a new one is two letters away from any other.

use crate::providers::aws::names::{is_region, known_partition, known_regions};
use crate::text;

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
    if let Some(partition) = known_partition(name) {
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

/// The known region that is near enough to be meant: two slips at most.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    text::nearest(name, known_regions()).filter(|near| strsim::damerau_levenshtein(name, near) <= 2)
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
