//! What has to hold of an estate before a FAILOVER is run.

use super::findings::{Findings, Spot};
use super::look::{self, Look, available, open, why};
use super::payload::Step;
use super::replicas::promote;
use super::types::{CACHE, PLANNED, PROMOTE, UNPLANNED};
use crate::model::{Fact, GlobalMember, Resource};
use crate::providers::aws::names::{region_of, tail};
use crate::text::state;

pub(super) fn check(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    match step.kind.map(|kind| kind.name) {
        Some(PROMOTE) => promote(look, step, here, out),
        Some(PLANNED) => aurora(look, step, here, true, out),
        Some(UNPLANNED) => aurora(look, step, here, false, out),
        Some(CACHE) => cache(look, step, here, out),
        _ => {}
    }
}

/// A cluster here that can take over from the one that writes.
fn aurora(look: &Look<'_>, step: &Step, here: &str, planned: bool, out: &mut Findings) {
    if planned {
        let message =
            "PlannedFailoverAurora is a switchover: it needs the primary region in good health, and fails in an outage";
        out.risk(
            "switchover-in-an-outage",
            &step.spot,
            message,
            "use UnPlannedFailoverAurora in a runbook for an outage",
        );
    }
    let (Some((name, global_at)), Some((cluster, at))) =
        (step.named("GlobalClusterIdentifier"), step.named("DBClusterIdentifier"))
    else {
        return;
    };
    if region_of(cluster).is_some_and(|region| region != here) {
        return;
    }
    if let Some((_, global)) = look.wanted("aws.rds.global-cluster", None, name, global_at, out) {
        available(global, global_at, out);
        members(global, cluster, here, at, out);
        if planned {
            let healthy = sync(global, cluster, here);
            match healthy.as_deref() {
                Some("connected") => {}
                Some(status) => out.fatal(
                    "not-replicating",
                    at,
                    format!("'{}' is {}, and a switchover needs it in step", tail(cluster), state(status)),
                    "wait until it is connected",
                ),
                None => out.open(
                    "fact-not-known",
                    at,
                    format!("whether '{}' is in step is not known: {}", tail(cluster), why(global, "global.members")),
                    "collect it from what runs",
                ),
            }
            versions(look, global, cluster, at, out);
        } else if let Some(status) = sync(global, cluster, here).filter(|status| status != "connected") {
            out.risk(
                "not-in-step",
                at,
                format!("'{}' is {}: what it lacks is lost", tail(cluster), state(&status)),
                "wait until it is connected, if there is time",
            );
        }
    }
    let Some((_, resource)) = look.wanted("aws.rds.cluster", Some(here), cluster, at, out) else { return };
    available(resource, at, out);
    look::key(look, resource, at, out);
    instances(look, resource, at, out);
}

/// A cluster without an instance has nobody who could write.
fn instances(look: &Look<'_>, cluster: &Resource, at: &Spot, out: &mut Findings) {
    match cluster.redundancy.as_deref().map_or(Fact::Unknown, |it| it.instances) {
        Fact::Known(0) | Fact::Absent => {
            let message = format!(
                "'{}' has no instance: it is detached and promoted, and nothing can read or write",
                cluster.name
            );
            out.fatal("no-instance", at, message, "add an instance to it");
        }
        Fact::Known(count) => {
            let is_member = |it: &Resource| {
                it.kind.name() == "aws.rds.instance"
                    && it.region() == cluster.region()
                    && it
                        .database
                        .as_deref()
                        .and_then(|it| it.cluster.text())
                        .is_some_and(|of| of == cluster.id || tail(of) == cluster.name)
            };
            let states: Vec<_> = look
                .all()
                .filter(|(_, it)| is_member(it))
                .map(|(_, it)| it.status.as_deref().and_then(|it| it.state.text()))
                .collect();
            if states.len() == count as usize
                && states.iter().all(|state| state.is_some_and(|state| state != "available"))
            {
                out.fatal(
                    "no-instance",
                    at,
                    format!("no instance of '{}' is available", cluster.name),
                    "repair one of them",
                );
            }
        }
        Fact::Unknown => open(cluster, "redundancy.instances", "the number of instances", at, out),
    }
}

/// The member of that ARN or name: of several with one name the one here.
fn member<'g>(global: &'g Resource, id: &str, here: &str) -> Option<&'g GlobalMember> {
    let all = global.global.as_deref()?.members.known()?;
    let is_it = |member: &&GlobalMember| {
        member
            .id
            .text()
            .is_some_and(|own| own == id || (!(own.contains(':') && id.contains(':')) && tail(own) == tail(id)))
    };
    let is_here = |member: &&GlobalMember| member.region.text().is_none_or(|region| region == here);
    all.iter().filter(is_it).find(is_here).or_else(|| all.iter().find(is_it))
}

fn sync(global: &Resource, cluster: &str, here: &str) -> Option<String> {
    member(global, cluster, here)?.status.text().map(str::to_owned)
}

/// It is a member, and another one writes. False where that does not hold or nobody knows.
fn members(global: &Resource, id: &str, here: &str, at: &Spot, out: &mut Findings) -> bool {
    let (name, own) = (&global.name, tail(id));
    let Some(all) = global.global.as_deref().and_then(|it| it.members.known()) else {
        open(global, "global.members", "the members", at, out);
        return false;
    };
    let Some(member) = member(global, id, here) else {
        out.fatal(
            "not-a-member",
            at,
            format!("'{own}' is no member of '{name}': the step fails, and the run hangs"),
            format!("name the member of '{name}' in {here}"),
        );
        return false;
    };
    if let Some(region) = member.region.text().filter(|region| *region != here) {
        out.fatal(
            "not-a-member",
            at,
            format!("'{own}' of '{name}' is in {region}, not in {here}"),
            format!("name the member of '{name}' in {here}"),
        );
        return false;
    }
    match member.writer {
        Fact::Known(true) => {
            let message = format!(
                "'{own}' takes the writes already: there is nothing to fail over to in {here}, and the framework reports success all the same"
            );
            out.fatal("writes-already", at, message, "run the payload in the other region, or not at all");
            return false;
        }
        Fact::Known(false) if all.iter().any(|other| other.writer == Fact::Known(true)) => {}
        Fact::Known(false) if all.iter().all(|other| other.writer.is_known()) => {
            out.fatal(
                "nobody-writes",
                at,
                format!("no member of '{name}' takes writes"),
                "find out what happened to its primary",
            );
            return false;
        }
        _ => {
            out.open(
                "fact-not-known",
                at,
                format!("who writes in '{name}' is not known: {}", why(global, "global.members")),
                "collect it from what runs",
            );
            return false;
        }
    }
    true
}

/// A switchover needs the same version on both sides.
fn versions(look: &Look<'_>, global: &Resource, id: &str, at: &Spot, out: &mut Findings) {
    let all = global.global.as_deref().and_then(|it| it.members.known()).into_iter().flatten();
    let writer = all.filter(|member| member.writer == Fact::Known(true)).find_map(|member| member.id.text());
    let version = |id: &str| {
        let (_, cluster) = look.all().find(|(_, it)| it.id == id)?;
        cluster.database.as_deref()?.engine_version.text().map(str::to_owned)
    };
    match (writer.and_then(version), version(id)) {
        (Some(writer), Some(own)) if writer != own => {
            let message = format!("'{}' runs {own}, and the primary {writer}: a switchover needs the same", tail(id));
            out.fatal("versions-differ", at, message, "bring both to the same version");
        }
        (Some(_), Some(_)) => {}
        _ => out.open(
            "fact-not-known",
            at,
            format!("whether '{}' runs the version of the primary is not known", tail(id)),
            "collect both regions",
        ),
    }
}

/// A member of a global datastore that can take over.
fn cache(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    let (Some((name, at)), Some((group, group_at))) =
        (step.named("GlobalReplicationGroupId"), step.named("TargetReplicationGroupId"))
    else {
        return;
    };
    if let Some((_, datastore)) = look.wanted("aws.elasticache.global-datastore", None, name, at, out) {
        available(datastore, at, out);
        if members(datastore, group, here, group_at, out) {
            match member(datastore, group, here).and_then(|member| member.status.text()) {
                Some("associated") => {}
                Some(status) => out.fatal(
                    "not-associated",
                    group_at,
                    format!("'{group}' is {}, not associated", state(status)),
                    "wait until it is associated",
                ),
                None => out.open(
                    "fact-not-known",
                    group_at,
                    format!("whether '{group}' is associated is not known: {}", why(datastore, "global.members")),
                    "collect it from what runs",
                ),
            }
        }
    }
    let Some((_, resource)) = look.wanted("aws.elasticache.replication-group", Some(here), group, group_at, out) else {
        return;
    };
    available(resource, group_at, out);
    look::key(look, resource, group_at, out);
}
