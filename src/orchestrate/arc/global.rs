//! Global clusters: members that can take over from each other.

use super::super::findings::{Findings, Spot};
use super::super::look::{Found, Look, key, open, why};
use super::at::{At, in_order, there};
use super::blocks::SERVERLESS;
use crate::model::{Fact, GlobalMember, Resource};
use crate::providers::aws::names::{region_of, tail};
use crate::text::state;

pub(super) struct Kinds {
    pub cluster: &'static str,
    what: &'static str,
}

pub(super) const AURORA_KINDS: Kinds = Kinds { cluster: "aws.rds.cluster", what: "Aurora" };
pub(super) const DOCUMENT_KINDS: Kinds = Kinds { cluster: "aws.docdb.cluster", what: "DocumentDB" };
pub(super) const NEPTUNE_KINDS: Kinds = Kinds { cluster: "aws.neptune.cluster", what: "Neptune" };

const GLOBAL: &str = "aws.rds.global-cluster";

/// The clusters that a step names, and where.
fn named<'n>(at: &At<'_, 'n, '_, '_>) -> Vec<(&'n str, Spot)> {
    let list = at.step.list("databaseClusterArns").iter();
    let map = at.step.by_region("regionDatabaseClusterArns").into_iter().map(|(_, node)| node);
    list.chain(map).filter_map(|node| Some((node.text()?, at.spot(node)))).collect()
}

pub(super) fn check(at: &At<'_, '_, '_, '_>, kinds: &Kinds, out: &mut Findings) {
    let named = named(at);
    let Some((name, spot)) = at.step.text("globalClusterIdentifier") else { return };
    let global = global(at.look, name, kinds.what, &spot, out);
    if let Some(global) = global {
        in_order(global, &spot, out);
        members(at, global, &named, &spot, out);
    }
    let mut found = Vec::new();
    for (arn, spot) in &named {
        let Some((_, cluster)) = there(at.look, at.plan, kinds.cluster, arn, spot, out) else { continue };
        in_order(cluster, spot, out);
        key(at.look, cluster, spot, out);
        match cluster.redundancy.as_deref().map_or(Fact::Unknown, |it| it.instances) {
            Fact::Known(0) | Fact::Absent => {
                let message =
                    format!("'{}' has no instance: it takes over, and nothing can read or write", cluster.name);
                out.fatal("no-instance", spot, message, "add an instance to it");
            }
            Fact::Known(_) => {}
            Fact::Unknown => open(cluster, "redundancy.instances", "the number of instances", spot, out),
        }
        found.push((spot, cluster));
    }
    if let [(_, one), (spot, other)] = found.as_slice() {
        versions(one, other, spot, out);
    }
}

fn global<'a>(look: &Look<'a>, name: &str, what: &str, spot: &Spot, out: &mut Findings) -> Option<&'a Resource> {
    match look.find(GLOBAL, None, name) {
        Found::At(_, resource) => Some(resource),
        Found::Nowhere => {
            let message =
                format!("there is no global cluster of {what} '{name}': the step fails, and the execution stops there");
            out.fatal("not-there", spot, message, "name one that is there");
            None
        }
        Found::Perhaps(why) => {
            let message = format!("whether there is a global cluster of {what} '{name}' is not known: {why}");
            out.open("not-seen", spot, message, "collect it, or grant what was denied");
            None
        }
    }
}

fn is_it(member: &GlobalMember, arn: &str) -> bool {
    member
        .id
        .text()
        .is_some_and(|id| id == arn || (!id.contains(':') && id == tail(arn) && member.region.text() == region_of(arn)))
}

/// All that is named are members, one of them writes, and the other one follows.
fn members(at: &At<'_, '_, '_, '_>, global: &Resource, named: &[(&str, Spot)], spot: &Spot, out: &mut Findings) {
    let Some(all) = global.global.as_deref().and_then(|it| it.members.known()) else {
        return open(global, "global.members", "the members", spot, out);
    };
    if all.iter().any(|member| member.id.is_unknown()) {
        return open(global, "global.members", "which clusters are members", spot, out);
    }
    for (arn, spot) in named.iter().filter(|(arn, _)| !all.iter().any(|member| is_it(member, arn))) {
        let message =
            format!("'{}' is no member of '{}': the step fails, and the execution stops there", tail(arn), global.name);
        out.fatal("not-a-member", spot, message, format!("name a member of '{}'", global.name));
    }
    if all.iter().all(|member| member.writer == Fact::Known(false)) {
        let message = format!("no member of '{}' takes writes", global.name);
        out.fatal("nobody-writes", spot, message, "find out what happened to its primary");
    }
    for (to, _) in at.ways() {
        let Some((arn, spot)) = named.iter().find(|(arn, _)| region_of(arn) == Some(to)) else { continue };
        let Some(member) = all.iter().find(|member| is_it(member, arn)) else { continue };
        let own = tail(arn);
        if member.writer == Fact::Known(true) {
            let message = format!("'{own}' in {to} takes the writes already: there is nothing to switch to");
            out.risk(
                "writes-already",
                spot,
                message,
                "find out where the application runs, and name that as the primary region",
            );
            continue;
        }
        let is_switchover = at.step.text("behavior").is_some_and(|(text, _)| text == "switchoverOnly");
        match member.status.text() {
            Some("connected") => {}
            Some(status) if is_switchover => {
                let message = format!("'{own}' is {}, and a switchover needs it in step", state(status));
                out.fatal("not-in-step", spot, message, "wait until it is connected");
            }
            Some(status) => {
                out.risk(
                    "not-in-step",
                    spot,
                    format!("'{own}' is {}: what it lacks is lost", state(status)),
                    "find out why it is behind",
                );
            }
            None => {
                let message = format!("whether '{own}' is in step is not known: {}", why(global, "global.members"));
                out.open("fact-not-known", spot, message, "collect it from what runs");
            }
        }
    }
}

/// A switchover needs the same version on both sides.
fn versions(one: &Resource, other: &Resource, spot: &Spot, out: &mut Findings) {
    let version = |it: &Resource| it.database.as_deref().and_then(|it| it.engine_version.text().map(str::to_owned));
    match (version(one), version(other)) {
        (Some(first), Some(second)) if first != second => {
            let message =
                format!("'{}' runs {first}, and '{}' {second}: a switchover needs the same", one.name, other.name);
            out.fatal("versions-differ", spot, message, "bring both to the same version");
        }
        (Some(_), Some(_)) => {}
        _ => {
            let message = format!("whether '{}' and '{}' run the same version is not known", one.name, other.name);
            out.open("fact-not-known", spot, message, "collect both regions");
        }
    }
}

/// Steps that scale the clusters of a global one.
pub(super) fn scaled(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (arn, spot) in named(at) {
        let Some((_, cluster)) = there(at.look, at.plan, AURORA_KINDS.cluster, arn, &spot, out) else { continue };
        let types = cluster.capacity.as_deref().and_then(|it| it.types.known());
        let is_serverless = types.map(|types| types.iter().any(|one| one == "db.serverless"));
        if at.step.is(SERVERLESS) && is_serverless == Some(false) {
            let message =
                format!("'{}' has no serverless instance: there is nothing that this step could scale", cluster.name);
            out.fatal("not-serverless", &spot, message, "use AuroraProvisionedScaling");
        }
    }
    for (_, node) in at.step.by_region("instanceArns") {
        let spot = at.spot(node);
        there(at.look, at.plan, "aws.rds.instance", node.text().unwrap_or_default(), &spot, out);
    }
}
