//! Services of ECS, and the bounds that Application Auto Scaling sets them.

use std::collections::HashMap;

use aws_sdk_applicationautoscaling::types::ServiceNamespace;
use aws_sdk_ecs::types::{AssignPublicIp, SchedulingStrategy, Service};

use super::super::read::{list, number, sorted};
use super::super::{Context, Trouble, client};
use super::common::{SERVICE, status, tags};
use crate::model::{Capacity, Fact, Kind, Network, Place, Rel, Resource, Shared, Workload};
use crate::providers::aws::names::tail;

/// The scalable targets of services, by what they are called there: `service/CLUSTER/SERVICE`.
type Targets = Result<HashMap<String, (i32, i32)>, Trouble>;

pub(super) async fn scalable_targets(cx: &Context) -> Targets {
    let client = client!(cx, aws_sdk_applicationautoscaling);
    let call = client.describe_scalable_targets().service_namespace(ServiceNamespace::Ecs);
    let found = list("application-autoscaling:DescribeScalableTargets", call.into_paginator().items().send()).await;
    let bounds = |it: aws_sdk_applicationautoscaling::types::ScalableTarget| {
        (it.resource_id, (it.min_capacity, it.max_capacity))
    };
    Ok(found.whole()?.into_iter().map(bounds).collect())
}

pub(super) fn normalize(service: &Service, targets: &Targets, place: Place) -> Resource {
    let name = service.service_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(SERVICE), service.service_arn().unwrap_or(name), name, place);
    resource.tags = tags(service.tags());
    resource.status = Some(status(service.status(), service.created_at()));
    resource.capacity = Some(capacity(service, targets));
    if let Err(trouble) = targets {
        for path in ["capacity.max", "capacity.min"] {
            resource.mark_unknown(path, trouble.to_string());
        }
    }
    let vpc = service.network_configuration().and_then(|it| it.awsvpc_configuration());
    for subnet in vpc.map(|it| it.subnets()).unwrap_or_default() {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    for group in vpc.map(|it| it.security_groups()).unwrap_or_default() {
        resource.link(Rel::FilteredBy, Some(group));
    }
    // Without a network of their own, tasks have that of the machines that they are put on.
    let names =
        |names: &[String]| Fact::from_read(Some(sorted(names.iter().cloned())).filter(|names| !names.is_empty()));
    resource.network = Some(Shared::from(Network {
        subnets: vpc.map_or(Fact::Absent, |it| names(it.subnets())),
        security_groups: vpc.map_or(Fact::Absent, |it| names(it.security_groups())),
        public_addresses: vpc
            .map_or(Fact::Absent, |it| Fact::Known(it.assign_public_ip() == Some(&AssignPublicIp::Enabled))),
        ..Network::default()
    }));
    let strategy = service.capacity_provider_strategy().iter().map(|it| it.capacity_provider());
    let kinds = strategy.chain(service.launch_type().map(|it| it.as_str())).map(str::to_lowercase);
    resource.workload = Some(Shared::from(Workload {
        definition: Fact::from_read(service.task_definition().map(str::to_owned)),
        launch_types: Fact::Known(sorted(kinds)),
        // Its definition has them.
        images: Fact::Absent,
        logs: Fact::Absent,
        mentions: Fact::Absent,
        ..Workload::default()
    }));
    resource.link(Rel::RunsOn, service.cluster_arn());
    resource.link(Rel::RunsFrom, service.task_definition());
    resource.link(Rel::Assumes, service.role_arn());
    for balancer in service.load_balancers() {
        resource.link(Rel::ReachedBy, balancer.target_group_arn());
    }
    resource
}

/// A service without a scalable target runs what it is told to, however much that is.
fn capacity(service: &Service, targets: &Targets) -> Shared<Capacity> {
    let cluster = service.cluster_arn().map(tail).unwrap_or_default();
    let own = format!("service/{cluster}/{}", service.service_name().unwrap_or_default());
    let bounds = targets.as_ref().map(|targets| targets.get(&own));
    let bound = |pick: fn(&(i32, i32)) -> i32| match bounds {
        Ok(Some(bounds)) => number(Some(pick(bounds))),
        Ok(None) => Fact::Absent,
        Err(_) => Fact::Unknown,
    };
    // A daemon runs once on each machine, whatever is asked for.
    let is_daemon = service.scheduling_strategy() == Some(&SchedulingStrategy::Daemon);
    Shared::from(Capacity {
        min: bound(|it| it.0),
        desired: if is_daemon { Fact::Absent } else { number(Some(service.desired_count())) },
        max: bound(|it| it.1),
        types: Fact::Absent,
        suspended: Fact::Absent,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::types::{AwsVpcConfiguration, LaunchType, LoadBalancer, NetworkConfiguration};
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;

    fn service() -> Service {
        let vpc = AwsVpcConfiguration::builder()
            .subnets("subnet-2")
            .subnets("subnet-1")
            .security_groups("sg-1")
            .assign_public_ip(AssignPublicIp::Disabled)
            .build()
            .unwrap();
        Service::builder()
            .service_name("api")
            .service_arn("arn:aws:ecs:us-east-1:111122223333:service/shop/api")
            .cluster_arn("arn:aws:ecs:us-east-1:111122223333:cluster/shop")
            .status("ACTIVE")
            .desired_count(2)
            .launch_type(LaunchType::Fargate)
            .task_definition("arn:aws:ecs:us-east-1:111122223333:task-definition/api:7")
            .network_configuration(NetworkConfiguration::builder().awsvpc_configuration(vpc).build())
            .load_balancers(LoadBalancer::builder().target_group_arn("arn:tg").build())
            .build()
    }

    #[test]
    fn a_service_tells_its_size_its_place_and_what_it_runs() {
        let targets = Ok(HashMap::from([("service/shop/api".to_owned(), (1, 8))]));
        let expected = json!({
            "id": "arn:aws:ecs:us-east-1:111122223333:service/shop/api", "kind": "aws.ecs.service", "name": "api",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "status": {"state": "active", "healthy": true, "created_at": null},
            "capacity": {"min": 1, "desired": 2, "max": 8, "types": null, "suspended": null},
            "network": {"subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "public_addresses": false},
            "workload": {
                "definition": "arn:aws:ecs:us-east-1:111122223333:task-definition/api:7", "launch_types": ["fargate"],
                "images": null, "mentions": null, "logs": null,
            },
            "links": [
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "filtered-by", "to": "sg-1"},
                {"rel": "runs-on", "to": "arn:aws:ecs:us-east-1:111122223333:cluster/shop"},
                {"rel": "runs-from", "to": "arn:aws:ecs:us-east-1:111122223333:task-definition/api:7"},
                {"rel": "reached-by", "to": "arn:tg"},
            ],
            "origin": {"source": ""},
        });
        let found = normalize(&service(), &targets, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(found).unwrap(), expected);
    }

    #[test]
    fn without_its_target_read_the_bounds_of_a_service_are_not_known() {
        let action = "application-autoscaling:DescribeScalableTargets";
        let targets = Err(Trouble { action, class: TroubleClass::Denied, reason: "no".to_owned() });
        let found = normalize(&service(), &targets, Place::new("111122223333", "us-east-1"));
        let why = "application-autoscaling:DescribeScalableTargets denied: no";
        assert_eq!(
            serde_json::to_value(&found.capacity).unwrap(),
            json!({"desired": 2, "types": null, "suspended": null})
        );
        assert_eq!(serde_json::to_value(&found.unknown).unwrap(), json!({"capacity.max": why, "capacity.min": why}));
    }
}
