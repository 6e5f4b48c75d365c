//! Steps of a FAILBACK: what was lost is made anew as a replica of what took over, as it was before. What no inventory tells
//! has to be given; nothing is made up.

use std::collections::BTreeMap;

use super::drafts::{Draft, Rest};
use super::look::Look;
use super::types::{REPLICATE, SECONDARY, step_type};
use crate::model::{Fact, Kind, Resource};
use crate::providers::aws::names::tail;
use crate::result::PayloadStep;
use crate::text::list;

/// Values that somebody gives: `NAME`, or `STEP.NAME` for one step.
pub type Given = BTreeMap<String, String>;

pub(super) struct Back<'a, 'l> {
    pub look: &'l Look<'a>,
    /// What was lost, and is to follow again.
    pub here: &'l str,
    /// What took over.
    pub there: &'l str,
    pub given: &'l Given,
    pub drafts: Vec<Draft>,
    pub refused: Rest,
}

type Known = Vec<(&'static str, Option<String>)>;

impl<'a> Back<'a, '_> {
    /// True where there is a step for its kind, or one for what it is a member of.
    pub(super) fn old(&mut self, at: usize, old: &'a Resource) -> bool {
        let database = old.database.as_deref();
        let is_aurora = database.and_then(|it| it.topology.text()) == Some("aurora");
        match old.kind.name() {
            "aws.rds.instance" if database.is_some_and(|it| it.cluster.is_known()) => {}
            "aws.rds.instance" => self.make(at, old, REPLICATE, Self::replica),
            "aws.rds.cluster" if is_aurora => self.make(at, old, SECONDARY, Self::secondary),
            _ => return false,
        }
        true
    }

    fn make(
        &mut self,
        at: usize,
        old: &'a Resource,
        kind: &'static str,
        known: fn(&Self, &Resource, &'a Resource) -> Known,
    ) {
        let Some(new) = self.took_over(at, old) else {
            self.refused.add(old, format!("nothing in {} is known to have taken over", self.there));
            return;
        };
        let known = known(self, old, new);
        let mut step =
            PayloadStep { resource_type: kind.to_owned(), resource_name: old.name.clone(), ..PayloadStep::default() };
        let mut missing = Vec::new();
        for (name, _) in step_type(kind).map_or(&[][..], |kind| kind.parameters) {
            let given = self.given.get(&format!("{}.{name}", old.name)).or_else(|| self.given.get(*name));
            let of_estate = || known.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.clone());
            match given.cloned().or_else(of_estate) {
                Some(value) => {
                    step.parameters.insert((*name).to_owned(), value);
                }
                None => missing.push((*name).to_owned()),
            }
        }
        match missing.is_empty() {
            true => self.drafts.push(Draft { of: at, account: old.account().map(str::to_owned), step }),
            false => self.refused.add(
                old,
                format!(
                    "not told by the estate: {}; give them by --set NAME=VALUE, or {}.NAME=VALUE for this one",
                    list(&missing),
                    old.name
                ),
            ),
        }
    }

    /// What follows it, or followed it and has its place now.
    fn took_over(&self, at: usize, old: &Resource) -> Option<&'a Resource> {
        let there =
            || self.look.all().map(|(_, it)| it).filter(|it| it.kind == old.kind && it.region() == Some(self.there));
        let follows = |it: &&Resource| it.replication.as_deref().and_then(|it| it.source.text()) == Some(&old.id);
        let in_global = || {
            let global = old.replication.as_deref()?.global.text()?;
            there().find(|it| it.replication.as_deref().and_then(|it| it.global.text()) == Some(global))
        };
        let counterpart = || {
            let joined = self.look.joins(at).joined;
            let id = joined.counterpart.known()?.id.text()?.to_owned();
            there().find(|it| it.id == id)
        };
        there().find(follows).or_else(in_global).or_else(counterpart)
    }

    fn common(&self, old: &Resource) -> Known {
        let network = old.network.as_deref();
        let role = old.account().map(|account| format!("arn:aws:iam::{account}:role/rds-monitoring-role"));
        let role = role.filter(|role| self.look.all().any(|(_, it)| it.id == *role));
        vec![
            ("SourceRegion", Some(self.there.to_owned())),
            ("Port", network.and_then(|it| it.ports.known()).and_then(|ports| ports.first()).map(u32::to_string)),
            ("KmsKeyId", old.encryption.as_deref().and_then(|it| it.key.text().map(str::to_owned))),
            ("MonitoringRoleArn", role),
        ]
    }

    fn replica(&self, old: &Resource, new: &'a Resource) -> Known {
        let zones = old.redundancy.as_deref().and_then(|it| it.multi_zone.known());
        let mut known = self.common(old);
        known.extend([
            ("RDSInstanceIdentifier", Some(old.name.clone())),
            ("SourceRDSInstanceIdentifier", Some(new.name.clone())),
            ("MultiAZ", zones.map(|several| switch(*several))),
            ("DBInstanceClass", one(old.capacity.as_deref().and_then(|it| it.types.known()))),
            ("DBSubnetGroup", subnet_group(old)),
            ("DBSecurityGroup", security_group(old)),
        ]);
        known
    }

    fn secondary(&self, old: &Resource, new: &'a Resource) -> Known {
        let global = old
            .replication
            .as_deref()
            .and_then(|it| it.global.text())
            .or_else(|| new.replication.as_deref()?.global.text());
        let database = new.database.as_deref();
        let is_member = |it: &Resource| {
            it.kind == Kind::of("aws.rds.instance")
                && it.region() == Some(self.here)
                && it
                    .database
                    .as_deref()
                    .and_then(|it| it.cluster.text())
                    .is_some_and(|of| of == old.id || of == old.name)
        };
        let instances: Vec<String> =
            self.look.all().filter(|(_, it)| is_member(it)).map(|(_, it)| it.name.clone()).collect();
        let encrypted = old.encryption.as_deref().map_or(Fact::Unknown, |it| it.enabled);
        let mut known = self.common(old);
        known.extend([
            ("GlobalClusterIdentifier", global.map(|id| tail(id).to_owned())),
            ("DBClusterIdentifier", Some(old.id.clone())),
            ("DBClusterName", Some(old.name.clone())),
            ("SourceDBClusterIdentifier", Some(new.id.clone())),
            ("DBInstanceIdentifier", one(Some(&instances))),
            ("DBInstanceClass", one(old.capacity.as_deref().and_then(|it| it.types.known()))),
            ("DBSubnetGroupName", subnet_group(old)),
            ("VpcSecurityGroupIds", security_group(old)),
            ("Engine", database.and_then(|it| it.engine.text().map(str::to_owned))),
            ("EngineVersion", database.and_then(|it| it.engine_version.text().map(str::to_owned))),
            ("ClusterRegion", Some(self.here.to_owned())),
            (
                "BackupRetentionPeriod",
                old.backup.as_deref().and_then(|it| it.retention_days.known()).map(u32::to_string),
            ),
            ("StorageEncrypted", encrypted.known().map(|encrypted| switch(*encrypted))),
            // Else the next failback, which deletes the cluster, is not possible.
            ("DeletionProtection", Some(String::new())),
        ]);
        known
    }
}

/// As Python's `bool()` reads it.
fn switch(on: bool) -> String {
    if on { "True".to_owned() } else { String::new() }
}

/// The only one; of several nobody knows which.
fn one(all: Option<&Vec<String>>) -> Option<String> {
    match all?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

fn subnet_group(old: &Resource) -> Option<String> {
    old.database.as_deref()?.subnet_group.text().map(|name| tail(name).to_owned())
}

/// The framework takes one only.
fn security_group(old: &Resource) -> Option<String> {
    one(old.network.as_deref().and_then(|it| it.security_groups.known()))
}
