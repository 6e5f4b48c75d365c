//! Listeners, with the rules and the certificates of each.

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::{
    Action, Certificate, Listener, LoadBalancer, LoadBalancerTypeEnum, ProtocolEnum, Rule,
};

use super::super::Trouble;
use super::super::read::{Listing, list, number, sorted};
use super::common::LISTENER;
use crate::model::{Fact, Kind, Place, Rel, Resource, Shared, Traffic};

/// What was asked of one listener. `None`: it can have none.
#[derive(Default)]
pub(super) struct Looked {
    certificates: Option<Listing<Certificate>>,
    rules: Option<Listing<Rule>>,
}

impl Looked {
    /// What was not told, and why.
    pub(super) fn troubles(self) -> Vec<(&'static str, Trouble)> {
        let certificates = self.certificates.and_then(|all| all.trouble).map(|it| ("traffic.certificates", it));
        let rules = self.rules.and_then(|all| all.trouble).map(|it| ("traffic.target_groups", it));
        certificates.into_iter().chain(rules).collect()
    }
}

pub(super) async fn look(client: &Client, listener: &Listener) -> Looked {
    let arn = listener.listener_arn().unwrap_or_default();
    let mut looked = Looked::default();
    if matches!(listener.protocol(), Some(ProtocolEnum::Https | ProtocolEnum::Tls)) {
        let pages = client.describe_listener_certificates().listener_arn(arn).into_paginator().items().send();
        looked.certificates = Some(list("elasticloadbalancing:DescribeListenerCertificates", pages).await);
    }
    // Those of application load balancers alone have rules beside the default.
    if matches!(listener.protocol(), Some(ProtocolEnum::Http | ProtocolEnum::Https)) {
        let pages = client.describe_rules().listener_arn(arn).into_paginator().items().send();
        looked.rules = Some(list("elasticloadbalancing:DescribeRules", pages).await);
    }
    looked
}

pub(super) fn normalize(balancer: &LoadBalancer, listener: &Listener, looked: &Looked, place: Place) -> Resource {
    let port = listener.port().map_or_else(String::new, |port| format!(":{port}"));
    let name = format!("{}{port}", balancer.load_balancer_name().unwrap_or_default());
    let arn = listener.listener_arn().unwrap_or(&name).to_owned();
    let mut resource = Resource::new(Kind::of(LISTENER), arn, name, place);
    resource.link(Rel::MemberOf, listener.load_balancer_arn().or(balancer.load_balancer_arn()));
    let own = looked.certificates.iter().flat_map(|all| &all.items);
    let certificates = sorted(own.chain(listener.certificates()).filter_map(|it| it.certificate_arn()));
    for certificate in &certificates {
        resource.link(Rel::ShowsCertificate, Some(certificate));
    }
    let rules = looked.rules.iter().flat_map(|all| &all.items).flat_map(|rule| rule.actions());
    let groups = sorted(rules.chain(listener.default_actions()).flat_map(groups));
    for group in &groups {
        resource.link(Rel::SendsTo, Some(group));
    }
    resource.traffic = Some(Shared::from(Traffic {
        balancer: Fact::from_known(balancer.r#type().map(LoadBalancerTypeEnum::as_str).map(str::to_lowercase)),
        protocol: Fact::from_read(listener.protocol().map(|protocol| protocol.as_str().to_lowercase())),
        // A gateway load balancer listens on every port.
        port: listener.port().map_or(Fact::Absent, |port| number(Some(port))),
        certificates: Fact::Known(certificates),
        target_groups: Fact::Known(groups),
        ..Traffic::default()
    }));
    resource
}

/// The target groups that an action sends to.
fn groups(action: &Action) -> impl Iterator<Item = &str> {
    let forward = action.forward_config().map(|forward| forward.target_groups()).unwrap_or_default();
    forward.iter().filter_map(|group| group.target_group_arn()).chain(action.target_group_arn())
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticloadbalancingv2::types::{ForwardActionConfig, TargetGroupTuple};
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;

    const BALANCER: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1";
    const ARN: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shop/1/2";

    fn certificate(arn: &str) -> Certificate {
        Certificate::builder().certificate_arn(arn).build()
    }

    #[test]
    fn a_listener_leads_to_all_its_groups_and_shows_all_its_certificates() {
        let balancer = LoadBalancer::builder()
            .load_balancer_arn(BALANCER)
            .load_balancer_name("shop")
            .r#type(LoadBalancerTypeEnum::Application)
            .build();
        let listener = Listener::builder()
            .listener_arn(ARN)
            .load_balancer_arn(BALANCER)
            .port(443)
            .protocol(ProtocolEnum::Https)
            .certificates(certificate("arn:default"))
            .default_actions(Action::builder().target_group_arn("arn:web").build())
            .build();
        let group = |arn: &str| TargetGroupTuple::builder().target_group_arn(arn).build();
        let forward = ForwardActionConfig::builder().target_groups(group("arn:web")).target_groups(group("arn:api"));
        let action = Action::builder().forward_config(forward.build()).build();
        let denied = Trouble {
            action: "elasticloadbalancing:DescribeRules",
            class: TroubleClass::Denied,
            reason: "AccessDenied".to_owned(),
        };
        let looked = Looked {
            certificates: Some(Listing {
                items: vec![certificate("arn:default"), certificate("arn:more")],
                trouble: None,
            }),
            rules: Some(Listing {
                items: vec![Rule::builder().actions(action).build()],
                trouble: Some(denied.clone()),
            }),
        };
        let resource = normalize(&balancer, &listener, &looked, Place::new("111122223333", "us-east-1"));
        let expected = json!({
            "id": ARN, "kind": "aws.elbv2.listener", "name": "shop:443",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "traffic": {
                "balancer": "application", "protocol": "https", "port": 443,
                "certificates": ["arn:default", "arn:more"], "target_groups": ["arn:api", "arn:web"],
            },
            "links": [
                {"rel": "member-of", "to": BALANCER},
                {"rel": "shows-certificate", "to": "arn:default"},
                {"rel": "shows-certificate", "to": "arn:more"},
                {"rel": "sends-to", "to": "arn:api"},
                {"rel": "sends-to", "to": "arn:web"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
        assert_eq!(looked.troubles(), vec![("traffic.target_groups", denied)]);
    }
}
