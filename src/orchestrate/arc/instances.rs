//! Databases of RDS: replicas that take over, and new ones that follow afterwards.

use super::super::findings::{Findings, Spot};
use super::super::look::{key, open};
use super::super::replicas::{keeps_up, weaker};
use super::at::{At, in_order, there};
use super::blocks::{PROMOTE, SWITCHOVER};
use crate::model::{Fact, Kind, Resource};

const INSTANCE: &str = "aws.rds.instance";

/// What is named for a region.
fn of_region<'a>(at: &At<'_, '_, '_, 'a>, region: &str, out: &mut Findings) -> Option<(Spot, &'a Resource)> {
    let (_, node) = at.step.by_region("dbInstanceArnMap").into_iter().find(|(own, _)| *own == region)?;
    let spot = at.spot(node);
    let (_, resource) = there(at.look, at.plan, INSTANCE, node.text().unwrap_or_default(), &spot, out)?;
    Some((spot, resource))
}

/// None: nobody knows.
fn is_oracle(resource: &Resource) -> Option<bool> {
    Some(resource.database.as_deref()?.engine.text()?.starts_with("oracle"))
}

/// Both ends where the step leads to the recovery region: what is activated, and its source.
fn pairs<'a>(at: &At<'_, '_, '_, 'a>, out: &mut Findings) -> Vec<(Spot, &'a Resource, Option<&'a Resource>)> {
    let mut found = Vec::new();
    for (to, from) in at.ways() {
        let source = of_region(at, from, out).map(|(_, source)| source);
        if let Some((spot, replica)) = of_region(at, to, out)
            // Where nobody says which region is the primary one, that is who is followed today.
            && (at.plan.primary().is_some() || source.is_none_or(|source| !follows_it(source, replica)))
        {
            found.push((spot, replica, source));
        }
    }
    found
}

fn follows_it(replica: &Resource, source: &Resource) -> bool {
    replica.replication.as_deref().and_then(|it| it.source.text()) == Some(&source.id)
}

pub(super) fn promoted(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (spot, replica, source) in pairs(at, out) {
        if !follows(at, replica, source, &spot, out) {
            continue;
        }
        if is_oracle(replica) == Some(true) {
            let message = format!(
                "the promotion of '{}' ends its Data Guard: there is no way back but a new replica",
                replica.name
            );
            out.risk("oracle-promotion", &spot, message, format!("use {SWITCHOVER}"));
        }
        if let Some(source) = source {
            // Multi-AZ and the retention of backups are taken over from the old primary.
            let mut all = Findings::default();
            weaker(replica, source, &spot, &mut all);
            out.all.extend(all.all.into_iter().filter(|found| found.id != "one-zone"));
        }
    }
}

pub(super) fn switched(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (spot, replica, source) in pairs(at, out) {
        match is_oracle(replica) {
            Some(true) => {}
            Some(false) => {
                let message = format!("'{}' is not Oracle, and only Oracle is switched over", replica.name);
                out.fatal("engine-not-served", &spot, message, format!("use {PROMOTE}"));
                continue;
            }
            None => open(replica, "database.engine", "the engine", &spot, out),
        }
        if !follows(at, replica, source, &spot, out) {
            continue;
        }
        match replica.backup.as_deref().map_or(Fact::Unknown, |it| it.retention_days) {
            Fact::Known(0) => {
                let message = format!("'{}' keeps no backups, and a switchover asks for them", replica.name);
                out.fatal("no-backups", &spot, message, "set its backup retention");
            }
            Fact::Known(_) => {}
            _ => open(replica, "backup.retention_days", "how long it keeps backups", &spot, out),
        }
        let version = |it: &Resource| it.database.as_deref().and_then(|it| it.engine_version.text().map(str::to_owned));
        match (version(replica), source.and_then(version)) {
            (Some(own), Some(other)) if own != other => {
                let message =
                    format!("'{}' runs {own}, and its primary {other}: a switchover needs the same", replica.name);
                out.fatal("versions-differ", &spot, message, "bring both to the same version");
            }
            (Some(_), Some(_)) => {}
            _ => open(replica, "database.engine_version", "whether its primary runs the version", &spot, out),
        }
        shared_options(at, replica, &spot, out);
    }
}

/// The group of options has to be for the pair alone.
fn shared_options(at: &At<'_, '_, '_, '_>, replica: &Resource, spot: &Spot, out: &mut Findings) {
    let group = |it: &Resource| it.database.as_deref().and_then(|it| it.option_group.text().map(str::to_owned));
    if replica.database.as_deref().is_none_or(|it| it.option_group.is_unknown()) {
        return open(replica, "database.option_group", "the option group", spot, out);
    }
    let Some(own) = group(replica) else { return };
    let same = |it: &&Resource| {
        it.kind == replica.kind
            && it.id != replica.id
            && it.region() == replica.region()
            && group(it).as_ref() == Some(&own)
    };
    if let Some(other) = at.look.all().map(|(_, it)| it).find(same) {
        let message = format!(
            "'{}' shares the option group '{own}' with '{}', and a switchover needs one for the pair alone",
            replica.name, other.name
        );
        out.fatal("option-group-shared", spot, message, "give the pair an option group of its own");
    } else if let Some(gap) = at.look.more(Kind::of(INSTANCE), replica.region()) {
        out.open(
            "not-seen",
            spot,
            format!("whether others use the option group '{own}' is not known: {gap}"),
            "collect the instances of that region",
        );
    }
}

/// It is a replica of the other one, and follows it.
fn follows(
    at: &At<'_, '_, '_, '_>,
    replica: &Resource,
    source: Option<&Resource>,
    spot: &Spot,
    out: &mut Findings,
) -> bool {
    let name = &replica.name;
    if replica.database.as_deref().is_some_and(|it| it.cluster.is_known()) {
        let message = format!("'{name}' is a member of a cluster: it cannot be promoted by itself");
        out.fatal("member-of-a-cluster", spot, message, "use AuroraGlobalDatabase with its global cluster");
        return false;
    }
    let replication = replica.replication.as_deref();
    match replication.map_or(Fact::Unknown, |it| it.role.as_ref()) {
        Fact::Known(role) if role == "replica" => {}
        Fact::Known(_) => {
            let message = format!("'{name}' is no replica: there is nothing to promote, and the step fails");
            out.fatal("not-a-replica", spot, message, "name the replica in that region");
            return false;
        }
        _ => open(replica, "replication.role", "whether it is a replica", spot, out),
    }
    if let (Some(own), Some(source)) = (replication.and_then(|it| it.source.text()), source)
        && own != source.id
    {
        let message = format!("'{name}' follows another one than '{}'", source.name);
        out.fatal("other-source", spot, message, "name a replica and its source");
    }
    if replication.is_some_and(|it| it.source.is_unknown()) {
        open(replica, "replication.source", "what it follows", spot, out);
    }
    in_order(replica, spot, out);
    keeps_up(replica, spot, out);
    key(at.look, replica, spot, out);
    true
}

/// A replica is made of what was promoted, and takes the name of the old primary.
pub(super) fn replicated(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (_, node) in at.step.by_region("dbInstanceArnMap") {
        let spot = at.spot(node);
        let Some((_, instance)) = there(at.look, at.plan, INSTANCE, node.text().unwrap_or_default(), &spot, out) else {
            continue;
        };
        let name = &instance.name;
        // A replica that is promoted takes over the retention of its old primary.
        let is_replica = instance.replication.as_deref().and_then(|it| it.role.text()) == Some("replica");
        match instance.backup.as_deref().map_or(Fact::Unknown, |it| it.enabled) {
            Fact::Known(false) if !is_replica => {
                let message = format!("'{name}' keeps no backups: no replica can be made of it");
                out.fatal("source-without-backups", &spot, message, "set its backup retention");
            }
            Fact::Known(_) => {}
            _ => open(instance, "backup.enabled", "whether it keeps backups", &spot, out),
        }
        match instance.database.as_deref().map_or(Fact::Unknown, |it| it.managed_secret) {
            Fact::Known(true) => {
                let message = format!("the password of '{name}' is kept by RDS itself: no replica can be made of it");
                out.fatal("managed-password", &spot, message, "keep its password in a secret of your own");
            }
            Fact::Unknown => open(instance, "database.managed_secret", "who keeps the password", &spot, out),
            _ => {}
        }
    }
}
