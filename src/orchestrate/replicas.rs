//! What has to hold of a cross-region replica before it is promoted.

use super::findings::{Findings, Spot};
use super::look::{self, Look, available, open, why};
use super::payload::Step;
use crate::model::{Fact, Resource};
use crate::providers::aws::names::region_of;
use crate::text::state;

/// A replica of another region that follows its source, and can stand alone.
pub(super) fn promote(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    let Some((name, at)) = step.named("RDSInstanceIdentifier") else { return };
    let Some((number, replica)) = look.wanted("aws.rds.instance", Some(here), name, at, out) else { return };
    if !can_be_promoted(replica, at, out) {
        return;
    }
    available(replica, at, out);
    let replication = replica.replication.as_deref();
    let source = replication.and_then(|it| it.source.text());
    if source.and_then(region_of) == Some(here) {
        let message = format!("'{name}' is a replica of {here} itself: it is lost together with its source");
        out.fatal("source-in-same-region", at, message, "promote a replica of another region");
    }
    keeps_up(replica, at, out);
    look::key(look, replica, at, out);
    lag(look, number, replica, at, out);
    let known = |source: &str| look.all().find(|(_, other)| other.id == source).map(|(_, other)| other);
    match replica.backup.as_deref().map_or(Fact::Unknown, |it| it.retention_days) {
        Fact::Known(0) => {
            let message = format!(
                "'{name}' keeps no backups: it has none at the moment of its promotion, and keeps those of one day afterwards"
            );
            out.risk("no-backups", at, message, "set its backup retention before, to that of its source");
        }
        Fact::Known(_) => {}
        _ => out.doubt(
            "fact-not-known",
            at,
            format!("how long '{name}' keeps backups is not known: {}", why(replica, "backup.retention_days")),
            "collect it",
        ),
    }
    match source.and_then(known) {
        Some(source) => weaker(replica, source, at, out),
        None => out.doubt(
            "source-not-seen",
            at,
            format!("how '{name}' compares with its source is not known: that was not seen"),
            "collect its region, too",
        ),
    }
}

/// It follows its source now.
pub(super) fn keeps_up(replica: &Resource, at: &Spot, out: &mut Findings) {
    let replication = replica.replication.as_deref();
    let status = replication.and_then(|it| it.status.text());
    match replication.map_or(Fact::Unknown, |it| it.healthy) {
        Fact::Known(true) if status.is_none_or(|status| status == "replicating") => {}
        Fact::Known(_) => {
            let status = status.map(|status| format!(" ({})", state(status))).unwrap_or_default();
            let message = format!("'{}' does not follow its source{status}: what it has is old", replica.name);
            out.fatal("not-replicating", at, message, "repair the replication, or make the replica anew");
        }
        _ => open(replica, "replication.healthy", "whether it follows its source", at, out),
    }
}

fn can_be_promoted(replica: &Resource, at: &Spot, out: &mut Findings) -> bool {
    let name = &replica.name;
    let database = replica.database.as_deref();
    let engine = database.and_then(|it| it.engine.text()).unwrap_or_default();
    if database.is_some_and(|it| it.cluster.is_known()) || engine.starts_with("aurora") {
        let message = format!("'{name}' is a member of a cluster: it cannot be promoted by itself");
        out.fatal("member-of-a-cluster", at, message, "use UnPlannedFailoverAurora with its global cluster");
        return false;
    }
    if engine.starts_with("custom-") {
        out.fatal(
            "engine-not-served",
            at,
            format!("'{name}' is of RDS Custom, whose replicas cannot be promoted by this call"),
            "promote it by hand",
        );
        return false;
    }
    match replica.replication.as_deref().map_or(Fact::Unknown, |it| it.role.as_ref()) {
        Fact::Known(role) if role == "replica" => {}
        Fact::Known(_) => {
            out.fatal(
                "not-a-replica",
                at,
                format!("'{name}' is no replica: there is nothing to promote, and the step fails"),
                "name the replica in this region",
            );
            return false;
        }
        _ => {
            open(replica, "replication.role", "whether it is a replica", at, out);
            return true;
        }
    }
    if engine.starts_with("oracle") {
        out.risk(
            "oracle-promotion",
            at,
            format!("the promotion of '{name}' ends its Data Guard: there is no way back but a new replica"),
            "prefer a switchover (SwitchoverReadReplica) while the primary is up",
        );
    }
    true
}

/// How far it is behind, against what may be lost.
fn lag(look: &Look<'_>, number: usize, replica: &Resource, at: &Spot, out: &mut Findings) {
    let source = replica.replication.as_deref().and_then(|it| it.source.text());
    let source = source.and_then(|source| look.all().find(|(_, other)| other.id == source)).map(|(at, _)| at);
    let of_source = source.map(|source| look.joins(source).joined);
    let measured = of_source
        .as_ref()
        .and_then(|joined| joined.lags.known())
        .and_then(|all| all.iter().find(|lag| lag.id.text() == Some(&replica.id)));
    let own = replica.replication.as_deref().and_then(|it| it.lag_seconds.known().copied());
    let seconds = measured.and_then(|lag| lag.seconds.known().copied()).or(own);
    let rpo = [Some(look.joins(number).joined), of_source.clone()]
        .into_iter()
        .flatten()
        .filter_map(|joined| joined.rpo_minutes.known().copied())
        .min();
    let name = &replica.name;
    // That it does not follow its source was said.
    let is_broken = replica.replication.as_deref().is_some_and(|it| it.healthy == Fact::Known(false));
    match (seconds, rpo) {
        (Some(seconds), _) if seconds < 0.0 && is_broken => {}
        (Some(seconds), _) if seconds < 0.0 => {
            out.fatal(
                "replication-stopped",
                at,
                format!("'{name}' has a lag below nothing: its replication has stopped"),
                "start the replication, or make the replica anew",
            );
        }
        (Some(seconds), Some(rpo)) if seconds > rpo as f64 * 60.0 => {
            out.risk(
                "lag-above-objective",
                at,
                format!("'{name}' is {seconds} s behind, and {rpo} min may be lost; the framework does not look"),
                "wait until it has caught up, or find what holds it up",
            );
        }
        (Some(_), _) => {}
        (None, _) => out.doubt(
            "lag-not-known",
            at,
            format!("how far '{name}' is behind is not known, and the framework does not look"),
            "look at ReplicaLag in CloudWatch before the run",
        ),
    }
}

/// What the promoted instance has less of than its source.
pub(super) fn weaker(replica: &Resource, source: &Resource, at: &Spot, out: &mut Findings) {
    let name = &replica.name;
    let zones = |it: &Resource| it.redundancy.as_deref().and_then(|it| it.multi_zone.known().copied());
    if (zones(source), zones(replica)) == (Some(true), Some(false)) {
        out.risk("one-zone", at, format!("'{name}' stands in one zone, its source in several"), "make it Multi-AZ");
    }
    let class = |it: &Resource| Some(it.capacity.as_deref()?.types.known()?.first()?.clone());
    if let (Some(source), Some(own)) = (class(source), class(replica))
        && source != own
    {
        out.risk(
            "other-class",
            at,
            format!("'{name}' is a {own}, its source a {source}"),
            "see that it bears the load, or change its class",
        );
    }
    let group = |it: &Resource| it.database.as_deref().and_then(|it| it.parameter_group.text().map(str::to_owned));
    if let (Some(source), Some(own)) = (group(source), group(replica))
        && own.starts_with("default")
        && !source.starts_with("default")
    {
        out.risk(
            "default-settings",
            at,
            format!("'{name}' runs with {own}, its source with {source}: a promotion keeps that"),
            "give it a parameter group with the same settings",
        );
    }
}
