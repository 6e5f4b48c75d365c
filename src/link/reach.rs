//! Reach: whether what runs in the recovery place gets through to the database that takes over there, and to what it needs to
//! start. Answered from configuration: security groups, network ACLs, routes and endpoints, with the hop that stands in the
//! way.

mod clients;
mod exits;
mod filters;
mod needs;
mod path;
mod service;
mod startup;
mod transit;

pub use service::Reached;

use super::edges::At;
use super::place::Recovery;
use super::{Draft, Estate};
use crate::model::{Class, Fact, Reach, Rel, Resource};

/// What a look at one hop came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hop {
    Open,
    /// Id of what stands in the way, and why.
    Shut(String, String),
    /// Why it cannot be told.
    Unclear(String),
}

impl Hop {
    /// The first that is shut decides; else the first of which nothing can be said.
    fn and(self, next: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Shut(..) => self,
            Self::Open => next(),
            Self::Unclear(_) => match next() {
                shut @ Self::Shut(..) => shut,
                _ => self,
            },
        }
    }
}

impl<'a> Estate<'a> {
    /// Fills, for what runs in a recovery place, whether it reaches what it will have to talk to there.
    pub(super) fn join_reach(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if !resource.kind.info().is_compute() {
            return;
        }
        let side = if self.is_client(resource) { self.is_recovery_side(resource) } else { Fact::Known(false) };
        match side {
            Fact::Known(true) => {}
            Fact::Unknown => return draft.mark("joined.reach", "its place is not known"),
            Fact::Known(false) | Fact::Absent => {
                draft.joined.reach = Fact::Known(Vec::new());
                return;
            }
        }
        let here = (resource.account(), resource.region());
        let sources = self.clients.stands_in_for(at);
        let (mut found, mut doubts) = (Vec::new(), Vec::new());
        for user in sources.iter().copied().chain([at]) {
            if let Some(doubt) = self.connections_doubt(user) {
                doubts.push(doubt);
            }
            found.extend(self.connections(user));
        }
        let (mut servers, mut ends) = (Vec::new(), Vec::new());
        for server in found {
            match self.takes_over(server, here) {
                Ok(Some(there)) => servers.push(there),
                Ok(None) => ends.push(server),
                Err(reason) => doubts.push(reason),
            }
        }
        servers.sort_unstable();
        servers.dedup();
        let mut reach = Vec::new();
        for server in servers {
            reach.extend(self.reach_of(at, server, draft));
        }
        draft.joined.reach = Fact::Known(reach);
        if let Some(reason) = doubts.into_iter().next() {
            draft.mark("joined.reach", reason);
        }
    }

    /// What something talks to: what it, or the definition that it runs, is told of, by records too, and whatever lets its
    /// security groups in.
    fn connections(&self, at: At) -> Vec<At> {
        let definitions = self.index.to(at, Rel::RunsFrom);
        let told = [at].into_iter().chain(definitions).flat_map(|from| self.index.to(from, Rel::ConnectsTo));
        let told = told.flat_map(|to| match self.index.get(to).kind {
            kind if kind == self.kinds.record => self.leads(to).ends,
            _ => vec![to],
        });
        let mut all: Vec<At> = told.chain(self.admitted(at)).filter(|to| self.is_server(*to)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Why something may talk to more than is known.
    fn connections_doubt(&self, at: At) -> Option<String> {
        let resource = self.index.get(at);
        match resource.kind.info().class {
            // What pods and most machines are told is not read. Where their groups are not known, either, nothing says that
            // they talk to a database.
            Class::ScalingGroup | Class::KubernetesCluster | Class::NodeGroup | Class::ServerlessNodes => return None,
            Class::Function => return resource.unknown.get("workload.mentions").cloned(),
            _ => {}
        }
        if let Some(reason) = resource.unknown.get("workload.definition") {
            return Some(reason.clone());
        }
        let mut definitions = self.index.to(at, Rel::RunsFrom).map(|it| self.index.get(it)).peekable();
        if resource.workload.as_ref().is_some_and(|it| it.definition.is_known()) && definitions.peek().is_none() {
            return Some("the definition that it runs was not found".to_owned());
        }
        definitions.find_map(|it| it.unknown.get("workload.mentions").cloned())
    }

    /// What takes over for a database in that place: itself, where it stands there, or its replica. Nothing: it has none
    /// there, which is for other questions.
    fn takes_over(&self, server: At, here: (Option<&str>, Option<&str>)) -> Result<Option<At>, String> {
        let resource = self.index.get(server);
        if (resource.account(), resource.region()) == here {
            return Ok(Some(server));
        }
        let recovery = self.recovery(server);
        if !matches!(recovery, Recovery::At(_)) {
            return Ok(None);
        }
        let ends = self.ends(server);
        let there = |end: &&super::peers::End<'_>| (end.account, end.region) == here;
        Ok(ends.iter().find(there).and_then(|end| self.index.by_id(end.id.as_deref()?)))
    }

    /// Whether one reaches the other on each of its ports.
    fn reach_of(&self, client: At, server: At, draft: &mut Draft) -> Vec<Reach> {
        let there = self.index.get(server);
        let ports = there.network.as_ref().and_then(|network| network.ports.known()).filter(|ports| !ports.is_empty());
        let ports: Vec<Option<u32>> =
            ports.map_or_else(|| vec![default_port(there)], |all| all.iter().copied().map(Some).collect());
        let one = |port: Option<u32>| {
            let hop = match port {
                Some(port) => self.path(client, server, port),
                None => Hop::Unclear("the port of the database is not known".to_owned()),
            };
            let (reached, hop, why) = match hop {
                Hop::Open => (Fact::Known(true), Fact::Absent, Fact::Absent),
                Hop::Shut(hop, why) => (Fact::Known(false), Fact::Known(hop), Fact::Known(why)),
                Hop::Unclear(reason) => {
                    draft.mark("joined.reach.reached", reason);
                    (Fact::Unknown, Fact::Unknown, Fact::Unknown)
                }
            };
            draft.rests_on("reach", Some(there));
            Reach {
                to: there.id.as_str().into(),
                name: there.name.as_str().into(),
                port: Fact::from_known(port),
                reached,
                hop,
                why,
            }
        };
        ports.into_iter().map(one).collect()
    }
}

/// The port of an engine where nobody chose another.
fn default_port(server: &Resource) -> Option<u32> {
    let engine = server.database.as_ref()?.engine.text()?;
    let ports = [("postgres", 5432), ("mysql", 3306), ("mariadb", 3306), ("oracle", 1521), ("sqlserver", 1433)];
    let others = [("docdb", 27017), ("neptune", 8182), ("redis", 6379), ("valkey", 6379), ("memcached", 11211)];
    ports.into_iter().chain(others).find(|(word, _)| engine.contains(word)).map(|(_, port)| port)
}
