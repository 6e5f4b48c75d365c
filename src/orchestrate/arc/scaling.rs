//! Steps that scale, and code that runs: what is there in both regions, and whether it may grow enough.

use super::super::findings::{Findings, Spot};
use super::super::json::{Node, Value};
use super::super::look::open;
use super::at::{At, in_order, there};
use crate::model::{Fact, Resource};
use crate::providers::aws::names::region_of;
use crate::text::count;

/// What is asked for where nothing is said.
const WHOLE: u64 = 100;

/// More percent than that is a mistake.
const MOST: u64 = 100_000;

pub(super) fn groups(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let found = named(at, "asgs", "arn", "aws.autoscaling.group", out);
    for (spot, group) in &found {
        if group.region().is_none_or(|region| !at.ways().iter().any(|(to, _)| *to == region)) {
            continue;
        }
        match group.capacity.as_deref().and_then(|it| it.suspended.known()) {
            Some(suspended) if suspended.iter().any(|process| process == "Launch") => {
                let message = format!(
                    "'{}' has 'Launch' suspended: it does not grow, and the step waits until its time is up",
                    group.name
                );
                out.fatal("launch-suspended", spot, message, "resume the process");
            }
            Some(_) => {}
            None => open(group, "capacity.suspended", "whether it may grow", spot, out),
        }
    }
    large_enough(at, &found, out);
}

pub(super) fn services(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    named(at, "services", "clusterArn", "aws.ecs.cluster", out);
    let found = named(at, "services", "serviceArn", "aws.ecs.service", out);
    large_enough(at, &found, out);
}

pub(super) fn clusters(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    named(at, "eksClusters", "clusterArn", "aws.eks.cluster", out);
    let names: usize = at.step.list("scalingResources").len();
    let message = format!(
        "whether the {} it names are in both clusters, and whether the role gets into them, is not known: the inventory has nothing of \
         what runs inside",
        count(names, "group")
    );
    out.doubt("not-in-the-inventory", &at.step.spot, message, "look into both clusters, and at their access entries");
}

pub(super) fn functions(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (spot, function) in named(at, "lambdas", "arn", "aws.lambda.function", out) {
        match function.capacity.as_deref().map_or(Fact::Unknown, |it| it.max) {
            Fact::Known(0) => {
                let message = format!("'{}' has a concurrency of 0: it never runs", function.name);
                out.fatal("no-concurrency", &spot, message, "give it some, or take the reservation off");
            }
            Fact::Unknown => open(function, "capacity.max", "the concurrency", &spot, out),
            _ => {}
        }
    }
}

pub(super) fn mappings(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (_, node) in at.step.by_region("regionEventSourceMappings") {
        let Some(node) = node.get("arn") else { continue };
        let spot = at.spot(node);
        there(at.look, at.plan, "aws.lambda.event-source-mapping", node.text().unwrap_or_default(), &spot, out);
    }
}

/// What a list of the step names, as far as it is there. It has to be in order, but for what is switched on by being scaled.
fn named<'a>(
    at: &At<'_, '_, '_, 'a>,
    items: &str,
    key: &str,
    kind: &str,
    out: &mut Findings,
) -> Vec<(Spot, &'a Resource)> {
    let nodes = at.step.list(items).iter().filter_map(|item| item.get(key));
    let mut found = Vec::new();
    for node in nodes {
        let spot = at.spot(node);
        if let Some((_, resource)) = there(at.look, at.plan, kind, node.text().unwrap_or_default(), &spot, out) {
            in_order(resource, &spot, out);
            found.push((spot, resource));
        }
    }
    found
}

/// The share that is asked for, in percent.
fn percent(node: Option<&Node>) -> Result<u64, &str> {
    match node.map(|node| &node.value) {
        Some(Value::Bare(text)) => text.parse().ok().filter(|percent| (1..=MOST).contains(percent)).ok_or(text),
        _ => Ok(WHOLE),
    }
}

/// What runs in the one region has to have room in the other.
fn large_enough(at: &At<'_, '_, '_, '_>, found: &[(Spot, &Resource)], out: &mut Findings) {
    let percent = match percent(at.step.configuration.and_then(|it| it.get("targetPercent"))) {
        Ok(percent) => percent,
        Err(text) => {
            let Some((spot, _)) = found.first() else { return };
            let message = format!("'{}' percent is no share of what runs", crate::text::clip(text, 40));
            out.fatal("unfit-share", spot, message, "ask for 1 to 100 percent, or for more where more is to run");
            return;
        }
    };
    for (to, from) in at.ways() {
        let of = |region: &str| found.iter().find(|(_, it)| region_of(&it.id) == Some(region));
        let (Some((spot, standby)), Some((_, source))) = (of(to), of(from)) else { continue };
        let most = standby.capacity.as_deref().map_or(Fact::Unknown, |it| it.max);
        let runs = source.capacity.as_deref().map_or(Fact::Unknown, |it| it.desired);
        let (most, runs) = match (most, runs) {
            // Nothing bounds it.
            (Fact::Absent, _) => continue,
            (Fact::Known(most), Fact::Known(runs)) => (u64::from(most), u64::from(runs)),
            (Fact::Known(_), _) => {
                open(source, "capacity.desired", "how many run", spot, out);
                continue;
            }
            (Fact::Unknown, _) => {
                open(standby, "capacity.max", "how large it may get", spot, out);
                continue;
            }
        };
        let needed = runs.saturating_mul(percent).div_ceil(100);
        if most < needed {
            let message = format!(
                "'{}' may run {most} in {to}, and {needed} are asked for: {percent} % of the {runs} that run in {from}",
                standby.name
            );
            out.fatal("too-small", spot, message, format!("let it grow to {needed} or more"));
        }
    }
}
