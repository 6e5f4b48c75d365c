//! What is known of EKS beforehand, whether a cluster is read live or from code.

use crate::model::Fact;

/// Why it is not known where the nodes of a cluster come from, although it is in Auto Mode.
pub(crate) const NO_POOLS: &str = "its node pools stand in the cluster, which is not read";

/// From 1.28 on EKS encrypts what a cluster keeps with a key of its own, if it is given none.
pub(crate) fn encrypts_by_itself(version: Option<&str>) -> Fact<bool> {
    let numbers = version.and_then(|version| version.split_once('.'));
    let numbers = numbers.and_then(|(major, minor)| Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?)));
    Fact::from_known(numbers.map(|version| version >= (1, 28)))
}
