//! Steps of a plan, each of what the estate shows in both regions.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::super::drafts::Rest;
use super::super::look::{Look, why};
use super::super::sources;
use super::blocks::{
    ASG, AURORA, CONTROL, DNS, DOCUMENTS, ECS, MAPPING, NEPTUNE, PROMOTE, PROVISIONED, REPLICATE, SERVERLESS,
    SWITCHOVER, block,
};
use crate::model::{Class, Fact, Kind, Rel, Resource};
use crate::result::SwitchStep;

/// When a step is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// When a region is activated.
    Activate,
    /// When a region of an active/active plan is left, and when it is activated.
    Both,
    /// When it is left.
    Deactivate,
    /// When all is done.
    Afterwards,
}

/// A step, and the position of what it switches.
#[derive(Debug)]
pub(super) struct Draft {
    pub of: usize,
    pub when: When,
    /// Within a layer: what makes room goes first.
    pub first: bool,
    /// What it switches, as settings name it.
    pub name: String,
    pub step: SwitchStep,
}

pub(super) struct Makers<'a, 'l> {
    pub look: &'l Look<'a>,
    pub from: &'l str,
    pub to: &'l str,
    pub is_active_active: bool,
    pub drafts: Vec<Draft>,
    pub refused: Rest,
    pub left_out: Rest,
    /// Records by zone and name, with their positions: one step for all of them.
    pub records: BTreeMap<(String, String), Vec<usize>>,
}

impl<'a> Makers<'a, '_> {
    pub(super) fn source(&mut self, at: usize, resource: &'a Resource) {
        match resource.kind.name() {
            "aws.rds.instance" => self.instance(at, resource),
            "aws.rds.cluster" => self.cluster(at, resource, AURORA),
            "aws.docdb.cluster" => self.cluster(at, resource, DOCUMENTS),
            "aws.neptune.cluster" => self.cluster(at, resource, NEPTUNE),
            "aws.autoscaling.group" if resource.kubernetes.is_some() => {
                self.left_out.add(resource, "scaled by its cluster")
            }
            "aws.autoscaling.group" => self.group(at, resource),
            "aws.ecs.service" => self.service(at, resource),
            "aws.lambda.event-source-mapping" => self.mapping(at, resource),
            "aws.route53.record" => self.record(at, resource),
            "aws.eks.cluster" => self
                .left_out
                .add(resource, "EKSResourceScaling names what runs inside of a cluster, and no inventory has that"),
            _ => self.other(resource),
        }
    }

    fn push(&mut self, of: usize, when: When, kind: &str, verb: &str, name: &str, configuration: Value) {
        let Some(block) = block(kind) else { return };
        let own = format!("{verb} {name}");
        // Things of several kinds have one name at times, and steps are told apart by theirs.
        let is_taken = self.drafts.iter().any(|draft| draft.step.name == own);
        let step = SwitchStep {
            name: if is_taken { format!("{own} by {kind} {}", self.drafts.len()) } else { own },
            execution_block_type: kind.to_owned(),
            execution_block_configuration: IndexMap::from([(block.configuration.to_owned(), configuration)]),
        };
        let first = [SERVERLESS, PROVISIONED].contains(&kind);
        self.drafts.push(Draft { of, when, first, name: name.to_owned(), step });
    }

    fn instance(&mut self, at: usize, source: &'a Resource) {
        let rest = (&mut self.refused, &mut self.left_out);
        let Some(replica) = sources::replica(self.look, source, self.to, rest) else { return };
        let map = json!({"dbInstanceArnMap": {self.from: source.id, self.to: replica.id}});
        let database = source.database.as_deref();
        let is_oracle = database.and_then(|it| it.engine.text()).is_some_and(|engine| engine.starts_with("oracle"));
        match is_oracle {
            true => {
                let mut configuration = map;
                configuration["ungraceful"] = json!({"ungraceful": "promoteReadReplica"});
                self.push(at, When::Activate, SWITCHOVER, "switch over", &source.name, configuration);
            }
            false if self.is_active_active => {
                self.refused.add(source, "an active/active plan has no step that promotes a replica");
            }
            false => {
                self.push(at, When::Activate, PROMOTE, "promote", &source.name, map.clone());
                self.push(at, When::Afterwards, REPLICATE, "replicate", &source.name, map);
            }
        }
    }

    fn cluster(&mut self, at: usize, source: &'a Resource, kind: &str) {
        let database = source.database.as_deref();
        if kind == AURORA && database.and_then(|it| it.topology.text()).is_some_and(|topology| topology != "aurora") {
            return self.other(source);
        }
        let global = match source.replication.as_deref().map_or(Fact::Unknown, |it| it.global.as_ref()) {
            Fact::Known(global) => global,
            Fact::Absent => {
                return self
                    .refused
                    .add(source, format!("in no global cluster: there is nothing to switch to in {}", self.to));
            }
            Fact::Unknown => {
                let why = format!("not known whether it is in a global cluster: {}", why(source, "replication.global"));
                return self.refused.add(source, why);
            }
        };
        let Some((found, members)) = self.look.global("aws.rds.global-cluster", global) else {
            return self.refused.add(source, "the members of its global cluster are not known");
        };
        let writes = members.iter().find(|it| it.id.text() == Some(&source.id)).map(|it| it.writer);
        if writes == Some(Fact::Known(false)) {
            return self
                .left_out
                .add(source, "does not write in its global cluster: the member that does is what comes back");
        }
        let Some(member) = members.iter().find(|it| it.region.text() == Some(self.to)).and_then(|it| it.id.text())
        else {
            return self.refused.add(source, format!("its global cluster has no member in {}", self.to));
        };
        let by_region = json!({self.from: source.id, self.to: member});
        if kind == AURORA {
            self.scaled(at, source, &found.name, member, &by_region);
        }
        let clusters = match kind {
            NEPTUNE => ("regionDatabaseClusterArns", by_region),
            _ => ("databaseClusterArns", json!([source.id, member])),
        };
        let mut configuration = json!({"behavior": "switchoverOnly", "ungraceful": {"ungraceful": "failover"}, "globalClusterIdentifier": found.name});
        configuration[clusters.0] = clusters.1;
        self.push(at, When::Activate, kind, "switch", &source.name, configuration);
    }

    /// What takes over and is smaller than what it takes over from.
    fn scaled(&mut self, at: usize, source: &Resource, global: &str, member: &str, by_region: &Value) {
        let types = |it: &Resource| it.capacity.as_deref().and_then(|it| it.types.known().cloned());
        let standby = self.look.all().map(|(_, it)| it).find(|it| it.id == member);
        let (Some(own), Some(other)) = (types(source), standby.and_then(types)) else { return };
        let is_serverless = |types: &[String]| types.iter().any(|one| one == "db.serverless");
        if is_serverless(&own) && is_serverless(&other) {
            let configuration = json!({"globalClusterIdentifier": global, "regionDatabaseClusterArns": by_region});
            return self.push(at, When::Activate, SERVERLESS, "scale", &source.name, configuration);
        }
        if own == other || own.is_empty() || other.is_empty() || is_serverless(&own) || is_serverless(&other) {
            return;
        }
        let one_of = |cluster: &Resource| {
            let is_member = |it: &&Resource| {
                it.kind == Kind::of("aws.rds.instance")
                    && it.region() == cluster.region()
                    && it
                        .database
                        .as_deref()
                        .and_then(|it| it.cluster.text())
                        .is_some_and(|of| of == cluster.id || of == cluster.name)
            };
            let all: Vec<&Resource> = self.look.all().map(|(_, it)| it).filter(is_member).collect();
            match all.as_slice() {
                [one] => Some(one.id.clone()),
                _ => None,
            }
        };
        match (one_of(source), standby.and_then(one_of)) {
            (Some(here), Some(there)) => {
                let configuration = json!({"globalClusterIdentifier": global, "regionDatabaseClusterArns": by_region,
                    "instanceArns": {self.from: here, self.to: there}});
                self.push(at, When::Activate, PROVISIONED, "scale", &source.name, configuration);
            }
            _ => self.left_out.add(source, "runs on other classes than what takes over, and which of several instances is to be scaled nobody tells (AuroraProvisionedScaling)"),
        }
    }

    /// What stands in for it in the other region.
    fn standby(&mut self, at: usize, source: &'a Resource) -> Option<&'a Resource> {
        let joins = self.look.joins(at);
        let why =
            joins.marks.iter().find(|(path, _)| path.starts_with("joined.counterpart")).map(|(_, why)| why.clone());
        let id = joins.joined.counterpart.known().and_then(|it| it.id.text().map(str::to_owned));
        let found = id.and_then(|id| self.look.all().map(|(_, it)| it).find(|it| it.id == id));
        match found.filter(|it| it.region() == Some(self.to)) {
            Some(it) if it.kind == source.kind => Some(it),
            Some(_) => {
                self.refused.add(source, format!("what stands in for it in {} is of another kind", self.to));
                None
            }
            None => {
                match why {
                    Some(why) => {
                        self.refused.add(source, format!("not known what stands in for it in {}: {why}", self.to))
                    }
                    None => self
                        .refused
                        .add(source, format!("nothing stands in for it in {}: there is nothing to scale", self.to)),
                }
                None
            }
        }
    }

    fn group(&mut self, at: usize, source: &'a Resource) {
        let Some(standby) = self.standby(at, source) else { return };
        let configuration = json!({"asgs": [{"arn": source.id}, {"arn": standby.id}]});
        self.push(at, When::Activate, ASG, "scale", &source.name, configuration);
    }

    fn service(&mut self, at: usize, source: &'a Resource) {
        let Some(standby) = self.standby(at, source) else { return };
        let cluster = |it: &Resource| {
            let links = it.links.iter().find(|link| link.rel == Rel::RunsOn);
            links.map(|link| link.to.clone()).filter(|to| to.starts_with("arn:"))
        };
        match (cluster(source), cluster(standby)) {
            (Some(own), Some(other)) => {
                let item =
                    |cluster: String, service: &Resource| json!({"clusterArn": cluster, "serviceArn": service.id});
                let configuration = json!({"services": [item(own, source), item(other, standby)]});
                self.push(at, When::Activate, ECS, "scale", &source.name, configuration);
            }
            _ => self.refused.add(source, "the cluster of it or of what stands in for it is not known"),
        }
    }

    /// A mapping that waits in the other region, switched off.
    fn mapping(&mut self, at: usize, source: &'a Resource) {
        let Some(standby) = self.standby(at, source) else { return };
        let is_off =
            standby.status.as_deref().and_then(|it| it.state.text()).is_some_and(|state| state.starts_with("disabl"));
        if !is_off {
            return self
                .left_out
                .add(source, "what stands in for it takes events already, or whether it does is not known");
        }
        let both = json!({self.from: {"arn": source.id}, self.to: {"arn": standby.id}});
        let configuration = |action: &str| json!({"action": action, "regionEventSourceMappings": both});
        self.push(at, When::Activate, MAPPING, "enable", &source.name, configuration("enable"));
        if self.is_active_active {
            let mut off = configuration("disable");
            off["ungraceful"] = json!({"behavior": "skip"});
            self.push(at, When::Deactivate, MAPPING, "disable", &source.name, off);
        }
    }

    fn record(&mut self, at: usize, record: &'a Resource) {
        let dns = record.dns.as_deref();
        let (Some(zone), Some(name)) = (dns.and_then(|it| it.zone.text()), dns.and_then(|it| it.name.text())) else {
            return self.left_out.add(record, "its zone or its name is not known");
        };
        self.records.entry((zone.to_owned(), name.to_owned())).or_default().push(at);
    }

    /// One step for all records of a name that are told apart by an identifier and lead to the two regions.
    pub(super) fn finish_records(&mut self) {
        for ((zone, name), all) in std::mem::take(&mut self.records) {
            let mut of: BTreeMap<String, (usize, String)> = BTreeMap::new();
            let mut controls: BTreeMap<String, String> = BTreeMap::new();
            for at in &all {
                let Some(record) = self.look.resources.get(*at) else { continue };
                let joined = self.look.joins(*at).joined;
                let regions: Vec<&str> =
                    joined.targets.known().into_iter().flatten().filter_map(|target| target.region.text()).collect();
                let (Some(region), Some(id)) =
                    (regions.first(), record.dns.as_deref().and_then(|dns| dns.set_id.text()))
                else {
                    continue;
                };
                of.insert((*region).to_owned(), (*at, id.to_owned()));
                if let Some(control) = joined.gate.known().and_then(|gate| gate.routing_control.text()) {
                    controls.insert((*region).to_owned(), control.to_owned());
                }
            }
            let (Some((at, own)), Some((_, other))) = (of.get(self.from).cloned(), of.get(self.to).cloned()) else {
                for record in all.iter().filter_map(|at| self.look.resources.get(*at)) {
                    self.left_out.add(
                        record,
                        format!(
                            "has no record set for {} and for {}: there is nothing to switch between",
                            self.from, self.to
                        ),
                    );
                }
                continue;
            };
            match (controls.get(self.from), controls.get(self.to)) {
                (Some(here), Some(there)) if here != there => {
                    let state = |control: &str, on: bool| json!({"routingControlArn": control, "state": if on { "On" } else { "Off" }});
                    let configuration = json!({"regionAndRoutingControls": {
                        self.from: [state(here, true), state(there, false)], self.to: [state(there, true), state(here, false)]}});
                    self.push(at, When::Activate, CONTROL, "switch", &name, configuration);
                    let off = json!({"regionAndRoutingControls": {self.from: [state(here, false)], self.to: [state(there, false)]}});
                    if self.is_active_active {
                        self.push(at, When::Deactivate, CONTROL, "switch off", &name, off);
                    }
                }
                _ => {
                    let set = |id: String, region: &str| json!({"recordSetIdentifier": id, "region": region});
                    let sets = json!([set(own, self.from), set(other, self.to)]);
                    let configuration = json!({"hostedZoneId": zone, "recordName": name, "recordSets": sets});
                    self.push(at, When::Both, DNS, "lead", &name, configuration);
                }
            }
        }
    }

    fn other(&mut self, resource: &Resource) {
        let info = resource.kind.info();
        let why = match info.class {
            _ if info.is_stateful() => "Region switch has no such step: to be brought back by a replica or a backup",
            Class::NodeGroup | Class::ServerlessNodes => "Region switch has no such step: scaled by its cluster",
            _ if info.is_compute() => "Region switch has no such step: to be started by other means",
            // What else has to be there is told with its state.
            _ => return,
        };
        self.left_out.add(resource, why);
    }
}
