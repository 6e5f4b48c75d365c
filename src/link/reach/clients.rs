//! Who talks to whom, as far as names and security groups tell.

use rayon::prelude::*;

use super::super::counterparts::StandIn;
use super::super::edges::At;
use super::super::index::place;
use super::super::lookups::Clients;
use super::super::zones::is_behind_a_cluster;
use super::super::{Estate, why};
use crate::kinds::Replicas;
use crate::model::{Class, Fact, Kind, Rel, Resource};
use crate::providers::aws::names::tail;

impl<'a> Estate<'a> {
    /// Whether something runs what may talk to databases: services, functions and nodes. Of a Kubernetes cluster its nodes
    /// do, unless the provider adds them by itself; a scaling group behind one is judged as those nodes.
    pub(super) fn is_client(&self, resource: &Resource) -> bool {
        match resource.kind.info().class {
            Class::ContainerService | Class::Function | Class::NodeGroup | Class::ServerlessNodes => true,
            Class::ScalingGroup => !is_behind_a_cluster(resource),
            Class::KubernetesCluster => {
                resource.kubernetes.as_ref().is_some_and(|facts| facts.auto_mode == Fact::Known(true))
            }
            _ => false,
        }
    }

    /// The security groups that filter something: its own, else those of the template that it runs from, else, for nodes,
    /// that of their cluster. The groups of a Kubernetes cluster itself are those of its control plane.
    pub(super) fn groups_of(&self, at: At) -> Vec<At> {
        let resource = self.index.get(at);
        let is_cluster = resource.kind == self.kinds.eks_cluster;
        let own: Vec<At> = self.index.to(at, Rel::FilteredBy).filter(|_| !is_cluster).collect();
        if !own.is_empty() {
            return own;
        }
        let of_templates = self.index.to(at, Rel::RunsFrom).flat_map(|it| self.index.to(it, Rel::FilteredBy));
        let of_templates: Vec<At> = of_templates.collect();
        if !of_templates.is_empty() {
            return of_templates;
        }
        let is_cluster = |at: &At| self.index.get(*at).kind == self.kinds.eks_cluster;
        let cluster = [at].into_iter().chain(self.index.to(at, Rel::MemberOf)).find(is_cluster);
        cluster.and_then(|cluster| self.group_of_nodes(self.index.get(cluster))).into_iter().collect()
    }

    /// The group that a Kubernetes cluster gives its nodes.
    fn group_of_nodes(&self, cluster: &'a Resource) -> Option<At> {
        let group = cluster.kubernetes.as_ref()?.security_group.text()?;
        let (account, region) = place(cluster);
        let named = || self.index.by_name(self.kinds.security_group, account, region, group);
        self.index.by_id(group).or_else(named)
    }

    /// Why the security groups of something may not be all.
    pub(super) fn groups_doubt(&self, at: At) -> Option<String> {
        let stated = |it: At| self.index.get(it).unknown.get("network.security_groups").cloned();
        if self.index.get(at).kind != self.kinds.eks_cluster {
            let own = [at].into_iter().chain(self.index.to(at, Rel::RunsFrom)).find_map(stated);
            if own.is_some() {
                return own;
            }
        }
        if !self.groups_of(at).is_empty() {
            return None;
        }
        let cluster = [at].into_iter().chain(self.index.to(at, Rel::MemberOf)).map(|it| self.index.get(it));
        let mut cluster = cluster.filter(|it| it.kind == self.kinds.eks_cluster);
        Some(match cluster.next() {
            Some(cluster) => format!("{}: {}", cluster.name, why(cluster, "kubernetes.security_group")),
            None => format!("the security groups of {} are not known", self.index.get(at).name),
        })
    }

    /// Databases and caches that are filtered by groups that let in the groups of something.
    pub(super) fn admitted(&self, at: At) -> impl Iterator<Item = At> {
        self.groups_of(at)
            .into_iter()
            .flat_map(move |group| self.clients.admitted.get(&group).into_iter().flatten().copied())
    }

    /// A database or a cache, whichever has a live replica elsewhere or can have one.
    pub(super) fn is_server(&self, at: At) -> bool {
        let info = self.index.get(at).kind.info();
        info.is_stateful() && matches!(info.replicas, Replicas::Live(_))
    }

    /// Finds who talks to whom.
    pub(in crate::link) fn clients(&self) -> Clients {
        let mut clients = Clients::default();
        if self.config.recovery.is_empty() {
            return clients;
        }
        let compute = Kind::all().filter(|kind| kind.info().is_compute());
        let all: Vec<At> = compute.flat_map(|kind| self.index.of_kind(kind)).copied().collect();
        let stand_in = |at: &At| {
            let target = self.recovery(*at).target()?;
            match self.stand_in(*at, &target) {
                StandIn::There(found, _) => Some((found, *at)),
                StandIn::Unclear(_) | StandIn::Nowhere => None,
            }
        };
        let pairs: Vec<(At, At)> = all.par_iter().filter_map(stand_in).collect();
        for (found, source) in pairs {
            clients.sources.entry(found).or_default().push(source);
            clients.stand_ins.insert(source, found);
        }
        for group in self.index.of_kind(self.kinds.security_group).iter().copied() {
            let servers: Vec<At> =
                self.index.from(group, Rel::FilteredBy).filter(|behind| self.is_server(*behind)).collect();
            if servers.is_empty() {
                continue;
            }
            let resource = self.index.get(group);
            let rules = resource.firewall.iter().filter_map(|it| it.ingress.known()).flatten();
            for named in rules.filter_map(|rule| rule.groups.known()).flatten() {
                let by_name = || self.index.by_name(resource.kind, place(resource).0, place(resource).1, tail(named));
                if let Some(other) = self.index.by_id(named).or_else(by_name).filter(|other| *other != group) {
                    clients.admitted.entry(other).or_default().extend(&servers);
                }
            }
        }
        clients
    }
}
