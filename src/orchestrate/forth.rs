//! Steps of a FAILOVER: what takes over from a source, as the estate shows it.

use super::drafts::{Draft, Rest, step};
use super::look::{Look, why};
use super::sources;
use super::types::{CACHE, PLANNED, PROMOTE, UNPLANNED};
use crate::model::{Class, Fact, Resource};
use crate::providers::aws::names::tail;

/// What a source comes to.
pub(super) struct Forth<'a, 'l> {
    pub look: &'l Look<'a>,
    /// Where it is to come back.
    pub here: &'l str,
    /// While the primary is well: a switchover.
    pub planned: bool,
    pub drafts: Vec<Draft>,
    pub refused: Rest,
    pub left_out: Rest,
}

impl<'a> Forth<'a, '_> {
    pub(super) fn source(&mut self, at: usize, resource: &'a Resource) {
        match resource.kind.name() {
            "aws.rds.instance" => self.instance(at, resource),
            "aws.rds.cluster" => self.cluster(at, resource),
            "aws.elasticache.replication-group" => self.cache(at, resource),
            _ => self.other(resource),
        }
    }

    fn instance(&mut self, at: usize, source: &Resource) {
        let rest = (&mut self.refused, &mut self.left_out);
        let Some(replica) = sources::replica(self.look, source, self.here, rest) else { return };
        let step = step(PROMOTE, &source.name, [("RDSInstanceIdentifier", replica.name.clone())]);
        self.drafts.push(Draft { of: at, account: replica.account().map(str::to_owned), step });
    }

    fn cluster(&mut self, at: usize, source: &'a Resource) {
        let database = source.database.as_deref();
        match database.map_or(Fact::Unknown, |it| it.topology.as_ref()) {
            Fact::Known(topology) if topology == "aurora" => {}
            Fact::Known(_) | Fact::Absent => return self.other(source),
            Fact::Unknown => {
                return self.refused.add(
                    source,
                    format!("not known what kind of cluster it is: {}", why(source, "database.topology")),
                );
            }
        }
        let Some((global, member)) = self.member(source, "aws.rds.global-cluster", "global cluster") else { return };
        let (kind, region) =
            if self.planned { (PLANNED, None) } else { (UNPLANNED, Some(("ClusterRegion", self.here.to_owned()))) };
        let parameters = [("GlobalClusterIdentifier", global.name.clone()), ("DBClusterIdentifier", member)];
        let step = step(kind, &source.name, parameters.into_iter().chain(region));
        self.drafts.push(Draft { of: at, account: source.account().map(str::to_owned), step });
    }

    fn cache(&mut self, at: usize, source: &'a Resource) {
        if source.replication.as_deref().is_some_and(|it| it.global.is_absent()) {
            return self.left_out.add(source, "in no global datastore: comes back empty, or of a snapshot");
        }
        let Some((datastore, member)) = self.member(source, "aws.elasticache.global-datastore", "global datastore")
        else {
            return;
        };
        let parameters = [
            ("GlobalReplicationGroupId", datastore.name.clone()),
            ("TargetRegion", self.here.to_owned()),
            ("TargetReplicationGroupId", tail(&member).to_owned()),
        ];
        let step = step(CACHE, &source.name, parameters);
        self.drafts.push(Draft { of: at, account: source.account().map(str::to_owned), step });
    }

    /// The global cluster or datastore of a source, and its member here. Where there is none, that is said.
    fn member(&mut self, source: &Resource, kind: &str, what: &str) -> Option<(&'a Resource, String)> {
        let here = self.here;
        let global = match source.replication.as_deref().map_or(Fact::Unknown, |it| it.global.as_ref()) {
            Fact::Known(global) => global,
            Fact::Absent => {
                self.refused.add(source, format!("in no {what}: there is nothing to fail over to in {here}"));
                return None;
            }
            Fact::Unknown => {
                self.refused
                    .add(source, format!("not known whether it is in a {what}: {}", why(source, "replication.global")));
                return None;
            }
        };
        let Some((found, members)) = self.look.global(kind, global) else {
            self.refused.add(source, format!("the members of the {what} are not known"));
            return None;
        };
        let own = |id: &str| id == source.id || (!id.contains(':') && id == source.name);
        let writes = members
            .iter()
            .find(|it| it.id.text().is_some_and(own) && it.region.text() == source.region())
            .map(|it| it.writer);
        if writes == Some(Fact::Known(false)) {
            self.left_out.add(source, format!("does not write in its {what}: the member that does is what comes back"));
            return None;
        }
        match members.iter().find(|it| it.region.text() == Some(here)).and_then(|it| it.id.text()) {
            Some(id) => Some((found, id.to_owned())),
            None => {
                self.refused.add(source, format!("the {what} has no member in {here}"));
                None
            }
        }
    }

    fn other(&mut self, resource: &Resource) {
        let info = resource.kind.info();
        let why = match info.class {
            // What ties others together comes with them.
            Class::GlobalCluster | Class::DatabaseMember => return,
            _ if info.is_stateful() => "the framework has no such step: to be brought back by a replica or a backup",
            _ if info.is_compute() => "the framework has no such step: to be started by other means",
            Class::RecoveryPoint | Class::BackupJob | Class::RestoreTest => "what is restored from: nothing to be done",
            _ => "the framework has no such step: has to be there before",
        };
        self.left_out.add(resource, why);
    }
}
