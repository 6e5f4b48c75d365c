//! Clusters.

use aws_sdk_eks::types::{Cluster, ClusterHealth, EncryptionConfig};

use super::super::Context;
use super::super::read::{Listing, moment, number, sorted};
use super::{CLUSTER, Looked, arn, network, status, tags};
use crate::collect::kubernetes::{NO_POOLS, encrypts_by_itself};
use crate::model::{Encryption, Fact, Kind, Kubernetes, Network, Protection, Rel, Resource, Shared, Status};

/// What `DescribeCluster` gives.
const DESCRIBED: [&str; 16] = [
    "encryption.enabled",
    "encryption.key",
    "kubernetes.authentication_mode",
    "kubernetes.auto_mode",
    "kubernetes.issuer",
    "kubernetes.issues",
    "kubernetes.security_group",
    "kubernetes.version",
    "network.security_groups",
    "network.subnets",
    "network.vpc",
    "protection.deletion_protection",
    "status.created_at",
    "status.healthy",
    "status.state",
    "tags",
];

pub(super) fn normalize(name: &str, looked: &Looked, cx: &Context) -> Resource {
    let id = looked.cluster.as_ref().ok().and_then(|cluster| cluster.arn().map(str::to_owned));
    let id = id.unwrap_or_else(|| arn(cx, &format!("cluster/{name}")));
    let mut resource = Resource::new(Kind::of(CLUSTER), id, name, cx.place());
    let mut facts = match &looked.cluster {
        Ok(cluster) => describe(&mut resource, cluster),
        Err(trouble) => {
            for path in DESCRIBED {
                resource.mark_unknown(path, trouble.to_string());
            }
            Kubernetes::default()
        }
    };
    let (groups, profiles) = (&looked.node_groups, &looked.profiles);
    facts.cluster = Fact::Absent;
    facts.fargate_profiles = count(&mut resource, "kubernetes.fargate_profiles", &[profiles]);
    facts.node_groups = count(&mut resource, "kubernetes.node_groups", &[groups, profiles]);
    resource.kubernetes = Some(Shared::from(facts));
    resource
}

fn describe(resource: &mut Resource, cluster: &Cluster) -> Kubernetes {
    resource.tags = tags(cluster.tags());
    let codes = |health: &ClusterHealth| {
        sorted(health.issues().iter().filter_map(|issue| issue.code()).map(|code| code.as_str()))
    };
    let issues = Fact::from_known(cluster.health().map(codes));
    let state = status(cluster.status().map(|status| status.as_str()));
    resource.status = Some(Shared::from(Status {
        created_at: moment(cluster.created_at()),
        healthy: state.healthy.map(|healthy| healthy && issues.known().is_none_or(Vec::is_empty)),
        state: state.state,
    }));
    let key = cluster.encryption_config().iter().find_map(key);
    resource.link(Rel::EncryptedBy, key);
    resource.encryption = Some(Shared::from(Encryption {
        enabled: if key.is_some() { Fact::Known(true) } else { encrypts_by_itself(cluster.version()) },
        key: Fact::from_read(key.map(str::to_owned)),
    }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::from_known(cluster.deletion_protection()),
        ..Protection::default()
    }));
    let vpc = cluster.resources_vpc_config();
    let subnets = network(resource, vpc.map(|vpc| vpc.subnet_ids()).unwrap_or_default());
    let groups = vpc.into_iter().flat_map(|vpc| vpc.security_group_ids().iter().map(String::as_str));
    let groups = sorted(groups.chain(vpc.and_then(|vpc| vpc.cluster_security_group_id())));
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_read(vpc.and_then(|vpc| vpc.vpc_id()).map(str::to_owned)),
        security_groups: Fact::Known(groups),
        ..subnets
    }));
    let compute = cluster.compute_config();
    resource.link(Rel::Assumes, cluster.role_arn());
    resource.link(Rel::Assumes, compute.and_then(|compute| compute.node_role_arn()));
    let auto_mode = compute.and_then(|compute| compute.enabled()).unwrap_or(false);
    let has_pools = compute.is_some_and(|compute| !compute.node_pools().is_empty());
    if auto_mode && !has_pools {
        resource.mark_unknown("kubernetes.auto_mode", NO_POOLS);
    }
    let issuer = cluster.identity().and_then(|identity| identity.oidc()).and_then(|oidc| oidc.issuer());
    let mode = cluster.access_config().and_then(|config| config.authentication_mode());
    Kubernetes {
        version: Fact::from_known(cluster.version().map(str::to_owned)),
        auto_mode: Fact::from_known(Some(auto_mode).filter(|auto_mode| !auto_mode || has_pools)),
        authentication_mode: Fact::from_known(mode.map(|mode| mode.as_str().to_lowercase())),
        issues,
        security_group: Fact::from_read(vpc.and_then(|vpc| vpc.cluster_security_group_id()).map(str::to_owned)),
        issuer: Fact::from_read(issuer.map(|issuer| issuer.strip_prefix("https://").unwrap_or(issuer).to_owned())),
        ..Kubernetes::default()
    }
}

fn key(config: &EncryptionConfig) -> Option<&str> {
    config.provider()?.key_arn()
}

/// How many there are in all the lists, if they were read to their end.
fn count(resource: &mut Resource, path: &str, lists: &[&Listing<String>]) -> Fact<u32> {
    match lists.iter().find_map(|list| list.trouble.as_ref()) {
        None => number(Some(lists.iter().map(|list| list.items.len()).sum::<usize>())),
        Some(trouble) => {
            resource.mark_unknown(path, trouble.to_string());
            Fact::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_eks::primitives::DateTime;
    use aws_sdk_eks::types::{
        AccessConfigResponse, AuthenticationMode, ClusterIssue, ClusterIssueCode, ClusterStatus, ComputeConfigResponse,
        Identity, Oidc, Provider, VpcConfigResponse,
    };
    use serde_json::json;

    use super::*;
    use crate::collect::aws::{Trouble, TroubleClass};
    use crate::model::Timestamp;

    const ARN: &str = "arn:aws:eks:us-east-1:111122223333:cluster/shop";

    fn context() -> Context {
        Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build())
    }

    fn listing(names: &[&str], trouble: Option<Trouble>) -> Listing<String> {
        Listing { items: names.iter().map(|name| (*name).to_owned()).collect(), trouble }
    }

    fn looked(cluster: Result<Cluster, Trouble>, node_groups: Listing<String>) -> Looked {
        let none = || listing(&[], None);
        Looked { cluster, node_groups, profiles: none(), add_ons: none(), access_entries: none() }
    }

    #[test]
    fn a_cluster_says_how_its_nodes_come_about() {
        let vpc = VpcConfigResponse::builder()
            .vpc_id("vpc-1")
            .subnet_ids("subnet-2")
            .subnet_ids("subnet-1")
            .security_group_ids("sg-2")
            .cluster_security_group_id("sg-1");
        let key = Provider::builder().key_arn("arn:aws:kms:us-east-1:111122223333:key/1").build();
        let issuer = Oidc::builder().issuer("https://oidc.eks.us-east-1.amazonaws.com/id/A").build();
        let compute = ComputeConfigResponse::builder().enabled(true).node_role_arn("arn:aws:iam::111122223333:role/n");
        let compute = compute.node_pools("general-purpose");
        let cluster = Cluster::builder()
            .name("shop")
            .arn(ARN)
            .status(ClusterStatus::Updating)
            .created_at(DateTime::from_secs(1_700_000_000))
            .version("1.34")
            .role_arn("arn:aws:iam::111122223333:role/c")
            .resources_vpc_config(vpc.build())
            .encryption_config(EncryptionConfig::builder().provider(key).build())
            .identity(Identity::builder().oidc(issuer).build())
            .compute_config(compute.build())
            .deletion_protection(true)
            .access_config(
                AccessConfigResponse::builder().authentication_mode(AuthenticationMode::ApiAndConfigMap).build(),
            )
            .health(ClusterHealth::builder().build())
            .tags("app", "shop")
            .build();
        let looked = Looked { profiles: listing(&["b", "c"], None), ..looked(Ok(cluster), listing(&["a"], None)) };
        let expected = json!({
            "id": ARN, "kind": "aws.eks.cluster", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": "updating", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/1"},
            "protection": {"deletion_protection": true},
            "kubernetes": {
                "version": "1.34", "cluster": null, "auto_mode": true, "issues": [],
                "issuer": "oidc.eks.us-east-1.amazonaws.com/id/A", "security_group": "sg-1", "node_groups": 3, "fargate_profiles": 2,
                "authentication_mode": "api_and_config_map",
            },
            "network": {
                "vpc": "vpc-1", "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1", "sg-2"],
            },
            "links": [
                {"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/1"},
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "filtered-by", "to": "sg-1"},
                {"rel": "filtered-by", "to": "sg-2"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/c"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/n"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize("shop", &looked, &context())).unwrap(), expected);
    }

    fn described(cluster: aws_sdk_eks::types::builders::ClusterBuilder) -> Resource {
        let cluster = cluster.name("shop").arn(ARN).status(ClusterStatus::Active).build();
        normalize("shop", &looked(Ok(cluster), listing(&[], None)), &context())
    }

    #[test]
    fn where_the_nodes_of_own_node_pools_stand_is_not_known() {
        let auto = |pools: &[&str]| {
            let pools = pools.iter().map(|pool| (*pool).to_owned()).collect();
            let compute = ComputeConfigResponse::builder().enabled(true).set_node_pools(Some(pools)).build();
            let resource = described(Cluster::builder().compute_config(compute));
            (resource.kubernetes.unwrap().auto_mode, resource.unknown.get("kubernetes.auto_mode").cloned())
        };
        assert_eq!(auto(&["system"]), (Fact::Known(true), None));
        assert_eq!(auto(&[]), (Fact::Unknown, Some(NO_POOLS.to_owned())));
    }

    #[test]
    fn a_cluster_with_issues_is_not_healthy() {
        let issue = |code| ClusterIssue::builder().code(code).build();
        let health = ClusterHealth::builder()
            .issues(issue(ClusterIssueCode::KmsKeyDisabled))
            .issues(issue(ClusterIssueCode::Ec2SubnetNotFound));
        let resource = described(Cluster::builder().health(health.build()));
        let issues = vec!["Ec2SubnetNotFound".to_owned(), "KmsKeyDisabled".to_owned()];
        assert_eq!(resource.kubernetes.unwrap().issues, Fact::Known(issues));
        assert_eq!(resource.status.unwrap().healthy, Fact::Known(false));
        assert_eq!(described(Cluster::builder()).status.unwrap().healthy, Fact::Known(true));
    }

    #[test]
    fn secrets_are_encrypted_from_1_28_on() {
        let encrypted = |version: Option<&str>| {
            let cluster = Cluster::builder().set_version(version.map(str::to_owned));
            described(cluster).encryption.unwrap()
        };
        let of = |enabled| Encryption { enabled, key: Fact::Absent };
        assert_eq!(encrypted(Some("1.27")), of(Fact::Known(false)));
        assert_eq!(encrypted(Some("1.28")), of(Fact::Known(true)));
        assert_eq!(encrypted(Some("2.0")), of(Fact::Known(true)));
        assert_eq!(encrypted(None), of(Fact::Unknown));
    }

    #[test]
    fn a_cluster_that_may_not_be_described_stays_and_counts_what_was_listed() {
        let denied = |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let groups = listing(&["a"], Some(denied("eks:ListNodegroups")));
        let looked = looked(Err(denied("eks:DescribeCluster")), groups);
        let mut unknown: serde_json::Map<_, _> = DESCRIBED
            .iter()
            .map(|path| ((*path).to_owned(), json!("eks:DescribeCluster denied: AccessDenied")))
            .collect();
        unknown.insert("kubernetes.node_groups".to_owned(), json!("eks:ListNodegroups denied: AccessDenied"));
        let expected = json!({
            "id": ARN, "kind": "aws.eks.cluster", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "kubernetes": {"cluster": null, "fargate_profiles": 0},
            "unknown": unknown,
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize("shop", &looked, &context())).unwrap(), expected);
    }
}
