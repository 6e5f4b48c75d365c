//! Parts of clusters. The zones of node groups and Fargate profiles are those of their subnets, which the link stage looks
//! up.

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{FargateProfile, Nodegroup};

use super::super::read::{moment, number, sorted};
use super::super::{Context, Trouble};
use super::{
    ADD_ON, FARGATE_PROFILE, NODE_GROUP, Named, Part, access_entries, add_ons, arn, network, part, status, tags,
};
use crate::model::{Capacity, Fact, Place, Rel, Resource, Shared, Status};

/// The part, and the trouble if nothing but its name is known.
pub(super) async fn read(client: &Client, named: &Named, cx: &Context) -> (Resource, Option<Trouble>) {
    let described = match &named.part {
        Part::NodeGroup(name) => {
            const ACTION: &str = "eks:DescribeNodegroup";
            let answer = client.describe_nodegroup().cluster_name(&named.cluster).nodegroup_name(name).send().await;
            let group = answer.map_err(|error| Trouble::new(ACTION, &error));
            group
                .and_then(|answer| answer.nodegroup.ok_or_else(|| Trouble::empty(ACTION)))
                .map(|group| node_group(&group, named, cx.place()))
        }
        Part::Profile(name) => {
            const ACTION: &str = "eks:DescribeFargateProfile";
            let call = client.describe_fargate_profile().cluster_name(&named.cluster).fargate_profile_name(name);
            let profile = call.send().await.map_err(|error| Trouble::new(ACTION, &error));
            profile
                .and_then(|answer| answer.fargate_profile.ok_or_else(|| Trouble::empty(ACTION)))
                .map(|profile| fargate_profile(&profile, named, cx.place()))
        }
        Part::AddOn(name) => add_ons::describe(client, name, named, cx).await,
        Part::AccessEntry(principal) => access_entries::describe(client, principal, named, cx).await,
    };
    match described {
        Ok(resource) => (resource, None),
        Err(trouble) => (undescribed(named, &trouble, cx), Some(trouble)),
    }
}

fn node_group(group: &Nodegroup, named: &Named, place: Place) -> Resource {
    let name = group.nodegroup_name().unwrap_or_default();
    let mut resource = part(NODE_GROUP, group.nodegroup_arn().unwrap_or(name), name, named, place);
    resource.tags = tags(group.tags());
    resource.status = Some(Shared::from(Status {
        created_at: moment(group.created_at()),
        ..status(group.status().map(|status| status.as_str()))
    }));
    let scaling = group.scaling_config();
    let types = sorted(group.instance_types().iter().map(String::as_str));
    if types.is_empty() {
        resource.mark_unknown("capacity.types", "the launch template is not read");
    }
    resource.capacity = Some(Shared::from(Capacity {
        min: number(scaling.and_then(|it| it.min_size())),
        desired: number(scaling.and_then(|it| it.desired_size())),
        max: number(scaling.and_then(|it| it.max_size())),
        types: Fact::from_known(Some(types).filter(|types| !types.is_empty())),
        suspended: Fact::Absent,
    }));
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.version = Fact::from_known(group.version().map(str::to_owned));
    }
    let network = network(&mut resource, group.subnets());
    resource.network = Some(Shared::from(network));
    resource.link(Rel::Assumes, group.node_role());
    if let Some(template) = group.launch_template() {
        let version = template.version().map(|version| format!("version {version}"));
        resource.link_from(Rel::RunsFrom, template.id().or(template.name()), version.as_deref());
    }
    for own in group.resources().map(|made| made.auto_scaling_groups()).unwrap_or_default() {
        resource.link(Rel::RunsOn, own.name());
    }
    resource
}

fn fargate_profile(profile: &FargateProfile, named: &Named, place: Place) -> Resource {
    let name = profile.fargate_profile_name().unwrap_or_default();
    let mut resource = part(FARGATE_PROFILE, profile.fargate_profile_arn().unwrap_or(name), name, named, place);
    resource.tags = tags(profile.tags());
    resource.status = Some(Shared::from(Status {
        created_at: moment(profile.created_at()),
        ..status(profile.status().map(|status| status.as_str()))
    }));
    let network = network(&mut resource, profile.subnets());
    resource.network = Some(Shared::from(network));
    resource.link(Rel::Assumes, profile.pod_execution_role_arn());
    resource
}

/// The ARN of a part ends in an id that only its description gives; without it the ARN ends before.
fn undescribed(named: &Named, trouble: &Trouble, cx: &Context) -> Resource {
    const EVERY: &[&str] = &["status.created_at", "status.healthy", "status.state", "tags"];
    const GROUP: &[&str] = &[
        "capacity.min",
        "capacity.desired",
        "capacity.max",
        "capacity.types",
        "kubernetes.version",
        "network.subnets",
    ];
    let listed =
        |kind, what, name| part(kind, &arn(cx, &format!("{what}/{}/{name}", named.cluster)), name, named, cx.place());
    let (mut resource, paths) = match &named.part {
        Part::NodeGroup(name) => (listed(NODE_GROUP, "nodegroup", name), [EVERY, GROUP]),
        Part::Profile(name) => (listed(FARGATE_PROFILE, "fargateprofile", name), [EVERY, &["network.subnets"]]),
        Part::AddOn(name) => (listed(ADD_ON, "addon", name), [EVERY, add_ons::DESCRIBED]),
        Part::AccessEntry(principal) => {
            (access_entries::listed(principal, named, cx), [access_entries::DESCRIBED, &[]])
        }
    };
    for path in paths.concat() {
        resource.mark_unknown(path, trouble.to_string());
    }
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_eks::primitives::DateTime;
    use aws_sdk_eks::types::{
        AutoScalingGroup, FargateProfileStatus, LaunchTemplateSpecification, NodegroupResources,
        NodegroupScalingConfig, NodegroupStatus,
    };
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::model::Timestamp;

    const CLUSTER: &str = "arn:aws:eks:us-east-1:111122223333:cluster/shop";

    fn named(part: Part) -> Named {
        Named { cluster: "shop".to_owned(), cluster_arn: CLUSTER.to_owned(), part }
    }

    fn place() -> Place {
        Place::new("111122223333", "us-east-1")
    }

    fn json_of(resource: Resource) -> Value {
        serde_json::to_value(resource).unwrap()
    }

    #[test]
    fn a_node_group_tells_its_size_and_its_subnets() {
        let arn = "arn:aws:eks:us-east-1:111122223333:nodegroup/shop/workers/1";
        let group = Nodegroup::builder()
            .nodegroup_name("workers")
            .nodegroup_arn(arn)
            .cluster_name("shop")
            .version("1.34")
            .status(NodegroupStatus::Degraded)
            .created_at(DateTime::from_secs(1_700_000_000))
            .scaling_config(NodegroupScalingConfig::builder().min_size(1).desired_size(2).max_size(3).build())
            .instance_types("m7g.large")
            .instance_types("m6g.large")
            .subnets("subnet-2")
            .subnets("subnet-1")
            .node_role("arn:aws:iam::111122223333:role/n")
            .launch_template(LaunchTemplateSpecification::builder().id("lt-1").version("3").build())
            .resources(
                NodegroupResources::builder()
                    .auto_scaling_groups(AutoScalingGroup::builder().name("eks-workers-1").build())
                    .build(),
            )
            .tags("app", "shop")
            .build();
        let expected = json!({
            "id": arn, "kind": "aws.eks.node-group", "name": "workers",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": "degraded", "healthy": false, "created_at": "2023-11-14T22:13:20Z"},
            "capacity": {"min": 1, "desired": 2, "max": 3, "types": ["m6g.large", "m7g.large"], "suspended": null},
            "kubernetes": {"version": "1.34", "cluster": "shop"},
            "network": {"subnets": ["subnet-1", "subnet-2"]},
            "links": [
                {"rel": "member-of", "to": CLUSTER},
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/n"},
                {"rel": "runs-from", "to": "lt-1", "at": "version 3"},
                {"rel": "runs-on", "to": "eks-workers-1"},
            ],
            "origin": {"source": ""},
        });
        let found = node_group(&group, &named(Part::NodeGroup("workers".to_owned())), place());
        assert_eq!(json_of(found), expected);
    }

    #[test]
    fn a_profile_is_a_part_of_its_cluster() {
        let arn = "arn:aws:eks:us-east-1:111122223333:fargateprofile/shop/batch/1";
        let profile = FargateProfile::builder()
            .fargate_profile_name("batch")
            .fargate_profile_arn(arn)
            .status(FargateProfileStatus::Active)
            .subnets("subnet-1")
            .pod_execution_role_arn("arn:aws:iam::111122223333:role/p")
            .build();
        let expected = json!({
            "id": arn, "kind": "aws.eks.fargate-profile", "name": "batch",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "status": {"state": "active", "healthy": true, "created_at": null},
            "kubernetes": {"cluster": "shop"},
            "network": {"subnets": ["subnet-1"]},
            "links": [
                {"rel": "member-of", "to": CLUSTER},
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/p"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(fargate_profile(&profile, &named(Part::Profile("batch".to_owned())), place())), expected);
    }

    #[test]
    fn a_part_that_may_not_be_described_stays_with_its_reasons() {
        let trouble = Trouble {
            action: "eks:DescribeNodegroup",
            class: TroubleClass::Denied,
            reason: "AccessDeniedException".to_owned(),
        };
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let why = "eks:DescribeNodegroup denied: AccessDeniedException";
        let expected = json!({
            "id": "arn:aws:eks:us-east-1:111122223333:nodegroup/shop/workers",
            "kind": "aws.eks.node-group", "name": "workers",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "kubernetes": {"cluster": "shop"},
            "links": [{"rel": "member-of", "to": CLUSTER}],
            "unknown": {
                "capacity.desired": why, "capacity.max": why, "capacity.min": why, "capacity.types": why,
                "kubernetes.version": why, "network.subnets": why, "status.created_at": why, "status.healthy": why,
                "status.state": why, "tags": why,
            },
            "origin": {"source": ""},
        });
        assert_eq!(json_of(undescribed(&named(Part::NodeGroup("workers".to_owned())), &trouble, &cx)), expected);
    }
}
