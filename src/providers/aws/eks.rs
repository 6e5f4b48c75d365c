//! What names of EKS mean.

use super::names::{Arn, tail};

/// Where it is said who may use a cluster: in its access entries alone.
pub(crate) const BY_ENTRIES: &str = "api";

/// In the cluster alone.
pub(crate) const BY_CONFIG_MAP: &str = "config_map";

/// Add-ons whose work EKS Auto Mode does by itself.
/// <https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html>
const IN_AUTO_MODE: [&str; 6] =
    ["aws-ebs-csi-driver", "coredns", "eks-node-monitoring-agent", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"];

/// Add-ons that a new cluster runs even if nobody asks for them, unless it is told not to; then they are not managed and
/// not listed.
const IN_NEW_CLUSTERS: [&str; 3] = ["coredns", "kube-proxy", "vpc-cni"];

/// A cluster in Auto Mode needs no such add-on.
pub(crate) fn is_in_auto_mode(add_on: &str) -> bool {
    IN_AUTO_MODE.contains(&add_on)
}

/// A cluster may run it though it is not listed.
pub(crate) fn is_in_new_clusters(add_on: &str) -> bool {
    IN_NEW_CLUSTERS.contains(&add_on)
}

/// What a principal is, with its name without the path: `role/deploy`, `user/ann`, `root`.
pub(crate) fn principal_name(arn: &str) -> Option<String> {
    let resource = Arn::parse(arn)?.resource;
    Some(match resource.split_once('/') {
        Some((what, name)) => format!("{what}/{}", tail(name)),
        None => resource.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_principal_is_named_without_its_path() {
        let of = |resource: &str| principal_name(&format!("arn:aws:iam::111122223333:{resource}"));
        assert_eq!(of("role/ops/deploy"), Some("role/deploy".to_owned()));
        assert_eq!(of("user/ann"), Some("user/ann".to_owned()));
        assert_eq!(of("root"), Some("root".to_owned()));
        assert_eq!(principal_name("deploy"), None);
    }
}
