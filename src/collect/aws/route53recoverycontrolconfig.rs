//! Routing controls of ARC: clusters, their control panels, the controls in them and the rules about these. How a control
//! stands is asked of its cluster, not here, and is nobody's configuration.

mod common;
mod rules;

use aws_sdk_route53recoverycontrolconfig::Client;
use aws_sdk_route53recoverycontrolconfig::types::{Cluster, ControlPanel, RoutingControl, Rule};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, sorted, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Rel, Resource, Shared, Switch};
use common::{CLUSTER, CONTROL, PANEL, RULE, resource};

/// The service is asked here, wherever its clusters are. It is in no other partition.
const HOME: &str = "us-west-2";
const PARTITION: &str = "aws";

pub(crate) struct RecoveryControl;

impl Collector for RecoveryControl {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "route53recoverycontrolconfig",
            locality: Locality::Global,
            kinds: &[CLUSTER, PANEL, CONTROL, RULE],
            actions: actions::RECOVERY_CONTROL,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let Some(cx) = &cx.at_home(PARTITION, HOME) else { return Ok(()) };
            let client = client!(cx, aws_sdk_route53recoverycontrolconfig);
            let pages = client.list_clusters().into_paginator().send();
            let listing = list("route53-recovery-control-config:ListClusters", pages).await;
            let listing = listing.each(|page| page.clusters.unwrap_or_default());
            let mut found: Vec<Resource> =
                out.listed(&[CLUSTER], listing)?.iter().map(|cluster| of_cluster(cluster, cx)).collect();
            let pages = client.list_control_panels().into_paginator().send();
            let listing = list("route53-recovery-control-config:ListControlPanels", pages).await;
            // What is in a panel is asked for by it.
            let listing = listing.each(|page| page.control_panels.unwrap_or_default());
            let panels = out.listed(&[PANEL, CONTROL, RULE], listing)?;
            let looked = together(panels.iter().map(|panel| look(&client, panel))).await;
            for (panel, (controls, rules)) in panels.iter().zip(looked) {
                found.push(of_panel(panel, cx));
                for (kind, trouble) in [(CONTROL, controls.trouble), (RULE, rules.trouble)] {
                    if let Some(trouble) = trouble {
                        out.lost(&[kind], trouble);
                    }
                }
                found.extend(controls.items.iter().map(|control| of_control(control, cx)));
                for rule in &rules.items {
                    match rules::normalize(rule, cx) {
                        Some(rule) => found.push(rule),
                        None => out.lost(&[RULE], Trouble::empty("route53-recovery-control-config:ListSafetyRules")),
                    }
                }
            }
            add_tags(&client, found, out).await;
            Ok(())
        }
        .boxed()
    }
}

async fn look(client: &Client, panel: &ControlPanel) -> (Listing<RoutingControl>, Listing<Rule>) {
    let arn = panel.control_panel_arn().unwrap_or_default();
    let pages = client.list_routing_controls().control_panel_arn(arn).into_paginator().send();
    let controls = list("route53-recovery-control-config:ListRoutingControls", pages).await;
    let pages = client.list_safety_rules().control_panel_arn(arn).into_paginator().send();
    let rules = list("route53-recovery-control-config:ListSafetyRules", pages).await;
    (
        controls.each(|page| page.routing_controls.unwrap_or_default()),
        rules.each(|page| page.safety_rules.unwrap_or_default()),
    )
}

fn of_cluster(cluster: &Cluster, cx: &Context) -> Resource {
    let mut resource = resource(CLUSTER, cluster.cluster_arn(), cluster.name(), cluster.status(), cx);
    let regions = cluster.cluster_endpoints().iter().filter_map(|endpoint| endpoint.region());
    resource.switch = Some(Shared::from(Switch { regions: Fact::Known(sorted(regions)), ..Switch::default() }));
    resource
}

fn of_panel(panel: &ControlPanel, cx: &Context) -> Resource {
    let mut resource = resource(PANEL, panel.control_panel_arn(), panel.name(), panel.status(), cx);
    resource.link(Rel::MemberOf, panel.cluster_arn());
    resource
}

fn of_control(control: &RoutingControl, cx: &Context) -> Resource {
    let mut resource = resource(CONTROL, control.routing_control_arn(), control.name(), control.status(), cx);
    resource.link(Rel::MemberOf, control.control_panel_arn());
    resource
}

/// Fills the tags of all that was found, and puts it out.
async fn add_tags(client: &Client, found: Vec<Resource>, out: &mut Sink) {
    let calls = found.iter().map(|resource| client.list_tags_for_resource().resource_arn(&resource.id).send());
    let answers = together(calls).await;
    for (mut resource, answer) in found.into_iter().zip(answers) {
        match answer {
            Ok(answer) => {
                let own = answer.tags.unwrap_or_default();
                resource.tags = tags(own.iter().map(|(name, value)| (Some(name.as_str()), Some(value.as_str()))));
            }
            Err(error) => {
                let trouble = Trouble::new("route53-recovery-control-config:ListTagsForResource", &error);
                out.gap(&mut resource, "tags", trouble);
            }
        }
        out.push(resource);
    }
}
