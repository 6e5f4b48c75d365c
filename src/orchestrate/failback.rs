//! What has to hold of an estate before a FAILBACK is run. It deletes what is left of the old primary before it makes the
//! new replica, so that whatever comes out late comes out too late.

use super::findings::{Findings, Spot};
use super::look::{Found, Look, available, open, usable_key, why};
use super::payload::Step;
use super::types::{REPLICATE, SECONDARY};
use crate::model::{Fact, Kind, Rel, Resource};
use crate::providers::aws::names::{region_of, tail};

const OFFERING: &str = "aws.rdsofferings.instance-type";

pub(super) fn check(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    match step.kind.map(|kind| kind.name) {
        Some(REPLICATE) => replicate(look, step, here, out),
        Some(SECONDARY) => secondary(look, step, here, out),
        _ => {}
    }
}

fn replicate(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    if let Some((name, at)) = step.named("RDSInstanceIdentifier") {
        match look.find("aws.rds.instance", Some(here), name) {
            Found::At(_, old) => old_instance(old, at, out),
            Found::Nowhere => {}
            Found::Perhaps(why) => {
                out.open(
                    "not-seen",
                    at,
                    format!("whether there is an old '{name}' in {here}, which would be deleted, is not known: {why}"),
                    "collect that region",
                );
            }
        }
    }
    let mut runs = (None, None);
    if let (Some((name, at)), Some((there, _))) =
        (step.named("SourceRDSInstanceIdentifier"), step.named("SourceRegion"))
        && there != here
        && let Some((_, source)) = look.wanted("aws.rds.instance", Some(there), name, at, out)
    {
        new_primary(source, at, out);
        let database = source.database.as_deref();
        runs = database.map_or(runs, |it| (it.engine.text(), it.engine_version.text()));
    }
    around(look, step, here, "DBSubnetGroup", "DBSecurityGroup", out);
    class(look, step, runs, here, out);
}

/// What is deleted has to stand alone and let itself be deleted.
fn old_instance(old: &Resource, at: &Spot, out: &mut Findings) {
    let name = &old.name;
    let replication = old.replication.as_deref();
    let role = replication.map_or(Fact::Unknown, |it| it.role.as_ref());
    let replicas = replication.map_or(Fact::Unknown, |it| it.replicas.as_ref());
    match (role, replicas) {
        (Fact::Known(role), _) if role == "replica" => {
            out.fatal(
                "not-alone",
                at,
                format!("'{name}' is a replica itself: the framework does not delete it, and the run hangs"),
                "there is nothing to fail back: it follows a source already",
            );
        }
        (_, Fact::Known(replicas)) if !replicas.is_empty() => {
            let names: Vec<String> = replicas.iter().map(|id| format!("'{}'", tail(id))).collect();
            let message = format!(
                "'{name}' has replicas ({}): the framework does not delete it, and the run hangs",
                crate::text::list(&names)
            );
            out.fatal("not-alone", at, message, "run this after the failover; delete or promote other replicas before");
        }
        (Fact::Known(_), Fact::Known(_)) => {}
        _ => open(old, "replication.role", "whether it stands alone", at, out),
    }
    available(old, at, out);
    deletable(old, at, out);
    match old.backup.as_deref().map_or(Fact::Unknown, |it| it.enabled) {
        Fact::Known(false) => {
            let message = format!(
                "'{name}' has no backups: the function fails on its answer after the deletion has begun, and the run hangs"
            );
            out.fatal("no-restorable-time", at, message, "turn its backups on, or delete it by hand before");
        }
        Fact::Known(true) => {}
        _ => open(old, "backup.enabled", "whether backups are on", at, out),
    }
}

fn deletable(old: &Resource, at: &Spot, out: &mut Findings) {
    match old.protection.as_deref().map_or(Fact::Unknown, |it| it.deletion_protection) {
        Fact::Known(true) => {
            out.fatal(
                "deletion-protection",
                at,
                format!("'{}' is protected against deletion: the step fails, and the run hangs", old.name),
                "take the protection off before",
            );
        }
        Fact::Known(false) => {}
        _ => open(old, "protection.deletion_protection", "whether deletion protection is on", at, out),
    }
}

/// What a replica can be made of.
fn new_primary(source: &Resource, at: &Spot, out: &mut Findings) {
    let name = &source.name;
    available(source, at, out);
    match source.backup.as_deref().map_or(Fact::Unknown, |it| it.enabled) {
        Fact::Known(false) => out.fatal(
            "source-without-backups",
            at,
            format!("'{name}' has no backups: no replica can be made of it"),
            "set its backup retention above 0",
        ),
        Fact::Known(true) => {}
        _ => open(source, "backup.enabled", "whether backups are on", at, out),
    }
    match source.replication.as_deref().map_or(Fact::Unknown, |it| it.role.as_ref()) {
        Fact::Known(role) if role == "replica" => out.fatal(
            "source-is-a-replica",
            at,
            format!("'{name}' is still a replica: nothing was failed over"),
            "run FAILOVER first",
        ),
        Fact::Known(_) => {}
        _ => open(source, "replication.role", "whether it is a replica", at, out),
    }
    match source.encryption.as_deref().map_or(Fact::Unknown, |it| it.enabled) {
        Fact::Known(false) => out.fatal(
            "source-not-encrypted",
            at,
            format!("'{name}' is not encrypted, and the replica is to have a key: the step fails"),
            "restore it encrypted first",
        ),
        Fact::Known(true) => {}
        _ => open(source, "encryption.enabled", "whether it is encrypted", at, out),
    }
    let database = source.database.as_deref();
    let is_server = database.and_then(|it| it.engine.text()).is_some_and(|engine| engine.starts_with("sqlserver"));
    match database.map_or(Fact::Unknown, |it| it.managed_secret) {
        Fact::Known(true) if !is_server => out.fatal(
            "managed-password",
            at,
            format!("RDS keeps the password of '{name}' itself: no replica can be made of it"),
            "set a password of your own first",
        ),
        Fact::Known(_) => {}
        _ => open(source, "database.managed_secret", "whether RDS keeps its password", at, out),
    }
}

/// Subnet group, security group, key and role that the new one is made with.
fn around(look: &Look<'_>, step: &Step, here: &str, subnets: &str, groups: &str, out: &mut Findings) {
    let vpc = |it: &Resource| it.network.as_deref().and_then(|it| it.vpc.text().map(str::to_owned));
    let group =
        step.named(subnets).and_then(|(name, at)| look.wanted("aws.rds.subnet-group", Some(here), name, at, out));
    if let Some((name, at)) =
        step.named(groups).filter(|(name, _)| name.starts_with("sg-") && !name.contains([',', ' ']))
    {
        let found = look.wanted("aws.ec2.security-group", Some(here), name, at, out);
        if let (Some(of_subnets), Some(own)) = (group.and_then(|(_, it)| vpc(it)), found.and_then(|(_, it)| vpc(it)))
            && of_subnets != own
        {
            out.fatal(
                "other-network",
                at,
                format!("'{name}' is in {own}, the subnet group in {of_subnets}: the step fails, and the run hangs"),
                "name a security group of that network",
            );
        }
    }
    if let Some((key, at)) =
        step.named("KmsKeyId").filter(|(key, _)| region_of(key).is_none_or(|region| region == here))
    {
        usable_key(look, key, Some(here), "the key for the new one", at, out);
    }
    if let Some((role, at)) =
        step.named("MonitoringRoleArn").filter(|(role, _)| role.ends_with(":role/rds-monitoring-role"))
    {
        look.wanted("aws.iam.role", None, role, at, out);
    }
}

/// What a region offers was asked for what runs in the other one.
fn class(
    look: &Look<'_>,
    step: &Step,
    (engine, version): (Option<&str>, Option<&str>),
    here: &str,
    out: &mut Findings,
) {
    let Some((class, at)) = step.named("DBInstanceClass") else { return };
    let of = |it: &'_ Resource| -> Option<bool> {
        let types =
            it.machine_types.as_deref().filter(|_| it.kind == Kind::of(OFFERING) && it.region() == Some(here))?;
        let is_it = types.asked.known()?.iter().any(|one| one == class);
        let is_engine = engine.is_none_or(|engine| types.engine.text() == Some(engine))
            && version.is_none_or(|version| types.engine_version.text() == Some(version));
        Some(!types.offered.known().filter(|_| is_it && is_engine)?.is_empty())
    };
    let answers: Vec<bool> = look.all().filter_map(|(_, it)| of(it)).collect();
    if answers.contains(&true) {
        return;
    }
    if answers.is_empty() {
        let message = format!("whether {here} offers '{class}' is not known: nobody asked");
        let remedy = format!("aws rds describe-orderable-db-instance-options --region {here}");
        return out.doubt("class-not-known", at, message, remedy);
    }
    let message =
        format!("{here} does not offer '{class}' with that engine and version: the step fails, and the run hangs");
    out.risk("class-not-offered", at, message, "name one that it offers");
}

fn secondary(look: &Look<'_>, step: &Step, here: &str, out: &mut Findings) {
    let local = step.named("DBClusterIdentifier").filter(|(id, _)| region_of(id) == Some(here));
    let source =
        step.named("SourceDBClusterIdentifier").filter(|(id, _)| region_of(id).is_some_and(|region| region != here));
    if let (Some((id, _)), Some((name, at))) = (local, step.named("DBClusterName"))
        && tail(id) != name
    {
        out.risk(
            "two-names",
            at,
            format!("'{name}' is made, and '{}' deleted: later steps name the one that is gone", tail(id)),
            "give both one name",
        );
    }
    if let Some((name, at)) = step.named("GlobalClusterIdentifier") {
        global(look, name, local.map(|(id, _)| id), at, out);
    }
    if let Some((id, at)) = local {
        match look.find("aws.rds.cluster", Some(here), id) {
            Found::At(_, old) => old_cluster(look, old, step, here, at, out),
            Found::Nowhere => {}
            Found::Perhaps(why) => {
                out.open(
                    "not-seen",
                    at,
                    format!(
                        "whether there is an old '{}' in {here}, which would be deleted, is not known: {why}",
                        tail(id)
                    ),
                    "collect that region",
                );
            }
        }
    }
    if let Some((id, at)) = source
        && let Some((_, new)) = look.wanted("aws.rds.cluster", region_of(id), id, at, out)
    {
        available(new, at, out);
        let database = new.database.as_deref();
        for (name, fact) in [
            ("Engine", database.and_then(|it| it.engine.text())),
            ("EngineVersion", database.and_then(|it| it.engine_version.text())),
        ] {
            if let (Some((given, at)), Some(own)) = (step.named(name), fact)
                && given != own
            {
                out.risk(
                    "other-version",
                    at,
                    format!("'{name}' is {given}, and '{}' runs {own}", new.name),
                    format!("write {own}"),
                );
            }
        }
        if let Some(count) = new.redundancy.as_deref().and_then(|it| it.instances.known()).filter(|count| **count > 1) {
            out.risk(
                "one-instance",
                at,
                format!("'{}' has {count} instances, and one is made", new.name),
                "add the others after the run",
            );
        }
    }
    around(look, step, here, "DBSubnetGroupName", "VpcSecurityGroupIds", out);
    let given = |name: &str| step.named(name).map(|(text, _)| text);
    class(look, step, (given("Engine"), given("EngineVersion")), here, out);
}

/// What the old global cluster holds: only what is to be deleted may be in it.
fn global(look: &Look<'_>, name: &str, local: Option<&str>, at: &Spot, out: &mut Findings) {
    let global = match look.find("aws.rds.global-cluster", None, name) {
        Found::At(_, global) => global,
        Found::Nowhere => return,
        Found::Perhaps(why) => {
            out.open(
                "not-seen",
                at,
                format!("whether there still is a global cluster '{name}', and what is in it, is not known: {why}"),
                "collect it",
            );
            return;
        }
    };
    match global.global.as_deref().and_then(|it| it.members.known()) {
        None => open(global, "global.members", "the members", at, out),
        Some(members) => {
            let is_other =
                |id: &str| local.is_some_and(|local| if id.contains(':') { id != local } else { id != tail(local) });
            let others: Vec<String> = members
                .iter()
                .filter_map(|it| it.id.text())
                .filter(|id| is_other(id))
                .map(|id| format!("'{}'", tail(id)))
                .collect();
            if !others.is_empty() {
                let message = format!(
                    "'{name}' still holds {}: the framework detaches and deletes the cluster here, which is the second copy, then cannot delete the \
                     global cluster, and hangs with nothing in its place",
                    crate::text::list(&others)
                );
                out.fatal("destroys-the-second-copy", at, message, "after a planned switchover do not fail back by this: switch over again (PlannedFailoverAurora in the other region)");
            }
        }
    }
    deletable(global, at, out);
}

/// What is deleted, without a snapshot.
fn old_cluster(look: &Look<'_>, old: &Resource, step: &Step, here: &str, at: &Spot, out: &mut Findings) {
    deletable(old, at, out);
    match old.redundancy.as_deref().map_or(Fact::Unknown, |it| it.instances) {
        Fact::Known(count) if count > 1 => {
            let message = format!(
                "'{}' has {count} instances, and one is deleted: the cluster cannot be, and the run hangs",
                old.name
            );
            out.fatal("several-instances", at, message, "delete the others before");
        }
        Fact::Known(_) => {}
        _ => open(old, "redundancy.instances", "the number of instances", at, out),
    }
    if let Some((name, at)) = step.named("DBInstanceIdentifier") {
        let is_member = |it: &Resource| {
            it.database
                .as_deref()
                .and_then(|it| it.cluster.text())
                .is_some_and(|of| of == old.id || tail(of) == old.name)
        };
        match look.find("aws.rds.instance", Some(here), name) {
            Found::At(_, instance) if is_member(instance) => {}
            Found::Perhaps(why) => out.open(
                "not-seen",
                at,
                format!("whether '{name}' is the instance of '{}' is not known: {why}", old.name),
                "collect that region",
            ),
            Found::At(..) | Found::Nowhere => {
                let message = format!(
                    "'{name}' is no instance of '{}': that comes out only after the cluster is detached, and the run hangs",
                    old.name
                );
                out.fatal("not-its-instance", at, message, "name its instance");
            }
        }
    }
    let is_kept = |it: &Resource| {
        it.kind.name() == "aws.rds.cluster-snapshot"
            && it.links.iter().any(|link| link.rel == Rel::BackupOf && link.to == old.id)
            && it.recovery_point.as_deref().and_then(|it| it.method.text()) == Some("manual")
    };
    let newest = look
        .all()
        .filter(|(_, it)| is_kept(it))
        .filter_map(|(_, it)| it.recovery_point.as_deref()?.taken_at.known().copied())
        .max();
    let gap = look.more(Kind::of("aws.rds.cluster-snapshot"), Some(here));
    let remedy = "take a snapshot of it before the run: aws rds create-db-cluster-snapshot";
    match (newest, gap) {
        (Some(taken), _) => out.doubt("snapshot-age", at, format!("'{}' is deleted without a snapshot; the newest that you took is of {taken}, and whether that is after the failover is not known", old.name), remedy),
        (None, None) => out.fatal("no-snapshot", at, format!("'{}' is deleted without a snapshot, and you took none: what only it has is gone", old.name), remedy),
        (None, Some(gap)) => out.open("not-seen", at, format!("whether there is a snapshot of '{}', which is deleted without one, is not known: {gap}", old.name), remedy),
    }
    if old.status.is_none() {
        out.open(
            "fact-not-known",
            at,
            format!("the state of '{}' is not known: {}", old.name, why(old, "status.state")),
            "collect it",
        );
    }
}
