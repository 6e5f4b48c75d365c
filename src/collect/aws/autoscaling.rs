//! Auto Scaling groups.

mod common;
mod launches;

use aws_sdk_autoscaling::types::AutoScalingGroup;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, number, sorted};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Capacity, Fact, Kind, Network, Place, Redundancy, Rel, Resource, Shared, Status};
use common::{CONFIGURATION, GROUP};
use launches::Launches;

pub(crate) struct AutoScaling;

impl Collector for AutoScaling {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "autoscaling",
            locality: Locality::Regional,
            kinds: &[GROUP, CONFIGURATION],
            actions: actions::AUTOSCALING,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_autoscaling);
            let pages = client.describe_auto_scaling_groups().into_paginator().items().send();
            let groups = out.listed(&[GROUP], list("autoscaling:DescribeAutoScalingGroups", pages).await)?;
            let pages = client.describe_launch_configurations().into_paginator().items().send();
            let listing = list("autoscaling:DescribeLaunchConfigurations", pages).await;
            let trouble = listing.trouble.clone();
            let configurations = out.listed(&[CONFIGURATION], listing)?;
            let launches = Launches::read(cx, &groups, &configurations, trouble).await;
            for configuration in &configurations {
                let resource = launches.configuration(configuration, cx.place(), out);
                out.push(resource);
            }
            for group in &groups {
                let mut resource = normalize(group, cx.place());
                let types = launches.fill(group, &mut resource, out);
                resource.capacity.get_or_insert_default().types = match types_of(group, types) {
                    Some(types) => Fact::Known(types),
                    None => {
                        resource.mark_unknown("capacity.types", "nothing that it starts from names one");
                        Fact::Unknown
                    }
                };
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

fn normalize(group: &AutoScalingGroup, place: Place) -> Resource {
    let name = group.auto_scaling_group_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(GROUP), group.auto_scaling_group_arn().unwrap_or(name), name, place);
    resource.tags = tags(group.tags().iter().map(|tag| (tag.key(), tag.value())));
    // The only state that there is a word for is `Delete in progress`.
    resource.status = Some(Shared::from(Status {
        state: Fact::from_read(group.status().map(str::to_lowercase)),
        healthy: Fact::Known(group.status().is_none()),
        created_at: moment(group.created_time()),
    }));
    // A group of two subnets in one zone lists that zone twice.
    let zones = sorted(group.availability_zones().iter().map(String::as_str));
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(zones.len() > 1),
        zones: Fact::Known(zones),
        zone_ids: Fact::from_known(
            group.availability_zone_ids.as_deref().map(|ids| sorted(ids.iter().map(String::as_str))),
        ),
        instances: number(Some(group.instances().len())),
        automatic_failover: Fact::Absent,
    }));
    let suspended = group.suspended_processes().iter().filter_map(|it| it.process_name());
    resource.capacity = Some(Shared::from(Capacity {
        min: number(group.min_size()),
        desired: number(group.desired_capacity()),
        max: number(group.max_size()),
        types: Fact::from_known(types_of(group, None)),
        suspended: Fact::Known(sorted(suspended)),
    }));
    let subnets = group.vpc_zone_identifier().unwrap_or_default().split(',').map(str::trim);
    let subnets = sorted(subnets.filter(|subnet| !subnet.is_empty()));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    resource.network = Some(Shared::from(Network {
        subnets: Fact::from_read(Some(subnets).filter(|subnets| !subnets.is_empty())),
        ..Network::default()
    }));
    resource.link(Rel::Assumes, group.service_linked_role_arn());
    for target_group in sorted(group.target_group_arns().iter().map(String::as_str)) {
        resource.link(Rel::ReachedBy, Some(target_group));
    }
    resource
}

/// Types that the group may start: those of its overrides, else those of what it starts, else those that it runs.
fn types_of(group: &AutoScalingGroup, launched: Option<Vec<String>>) -> Option<Vec<String>> {
    let template = group.mixed_instances_policy().and_then(|it| it.launch_template());
    let overrides = template.map(|it| it.overrides()).unwrap_or_default();
    let named = sorted(overrides.iter().filter_map(|it| it.instance_type()));
    let running = || sorted(group.instances().iter().filter_map(|it| it.instance_type()));
    Some(named).filter(|it| !it.is_empty()).or(launched).or_else(|| Some(running()).filter(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests {
    use aws_sdk_autoscaling::primitives::DateTime;
    use aws_sdk_autoscaling::types::{
        Instance, LaunchTemplate, LaunchTemplateOverrides, MixedInstancesPolicy, SuspendedProcess, TagDescription,
    };
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:1:autoScalingGroupName/web";
    const ROLE: &str = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRole";

    #[test]
    fn zones_count_once_and_subnets_are_taken_apart() {
        let types = ["m7g.large", "m6g.large"].map(|it| LaunchTemplateOverrides::builder().instance_type(it).build());
        let template = LaunchTemplate::builder().set_overrides(Some(types.to_vec())).build();
        let group = AutoScalingGroup::builder()
            .auto_scaling_group_name("web")
            .auto_scaling_group_arn(ARN)
            .created_time(DateTime::from_secs(1_700_000_000))
            .availability_zones("us-east-1b")
            .availability_zones("us-east-1a")
            .availability_zones("us-east-1a")
            .min_size(1)
            .desired_capacity(2)
            .max_size(4)
            .instances(Instance::builder().instance_type("t3.micro").build())
            .mixed_instances_policy(MixedInstancesPolicy::builder().launch_template(template).build())
            .suspended_processes(SuspendedProcess::builder().process_name("Launch").build())
            .suspended_processes(SuspendedProcess::builder().process_name("AZRebalance").build())
            .vpc_zone_identifier("subnet-2, subnet-1")
            .tags(TagDescription::builder().key("app").value("shop").build())
            .target_group_arns("arn:web")
            .service_linked_role_arn(ROLE)
            .build();
        let expected = json!({
            "id": ARN, "kind": "aws.autoscaling.group", "name": "web",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "redundancy": {
                "zones": ["us-east-1a", "us-east-1b"], "instances": 1, "multi_zone": true, "automatic_failover": null,
            },
            "capacity": {
                "min": 1, "desired": 2, "max": 4, "types": ["m6g.large", "m7g.large"],
                "suspended": ["AZRebalance", "Launch"],
            },
            "network": {"subnets": ["subnet-1", "subnet-2"]},
            "links": [
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "assumes", "to": ROLE},
                {"rel": "reached-by", "to": "arn:web"},
            ],
            "origin": {"source": ""},
        });
        let resource = normalize(&group, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn an_empty_group_in_one_zone_does_not_tell_its_types() {
        let group = AutoScalingGroup::builder()
            .auto_scaling_group_name("batch")
            .auto_scaling_group_arn(ARN)
            .availability_zones("us-east-1a")
            .availability_zone_ids("use1-az4")
            .min_size(0)
            .desired_capacity(0)
            .max_size(0)
            .status("Delete in progress")
            .build();
        let expected = json!({
            "id": ARN, "kind": "aws.autoscaling.group", "name": "batch",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "status": {"state": "delete in progress", "healthy": false, "created_at": null},
            "redundancy": {
                "zones": ["us-east-1a"], "zone_ids": ["use1-az4"], "instances": 0, "multi_zone": false,
                "automatic_failover": null,
            },
            "capacity": {"min": 0, "desired": 0, "max": 0, "suspended": []},
            "network": {"subnets": null},
            "origin": {"source": ""},
        });
        let resource = normalize(&group, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }
}
