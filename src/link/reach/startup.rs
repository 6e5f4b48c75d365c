//! Whether the tasks of a service that waits in a recovery place get at what they need before they run.

use std::collections::BTreeSet;

use super::super::edges::At;
use super::super::{Draft, Estate};
use super::Hop;
use super::exits::{Goal, Runner};
use super::needs::{Asked, Need, Needs};
use super::path::Subnet;
use crate::model::{Class, Fact, Rel, Resource, Startup};

const FACT: &str = "joined.startup";

impl<'a> Estate<'a> {
    /// Fills whether a service in a recovery place reaches what it needs to start.
    pub(in crate::link) fn join_startup(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if resource.kind.info().class != Class::ContainerService {
            return;
        }
        let lost = match (self.is_recovery_side(resource), self.lost(resource)) {
            (Fact::Known(true), Ok(lost)) => lost,
            (Fact::Unknown, _) | (_, Err(_)) => return draft.mark(FACT, "its place is not known"),
            (Fact::Known(false) | Fact::Absent, _) => {
                draft.joined.startup = Fact::Known(Vec::new());
                return;
            }
        };
        let Needs { all, doubt } = self.startup_needs(at);
        let mut startup = Vec::new();
        let runners = self.runners(at);
        // What it needs of the region that is lost is hard-wired, which is for another question.
        let is_left = |need: &Need| need.region.as_deref().is_none_or(|region| !lost.contains(region));
        for (need, asked) in all.into_iter().filter(|(need, _)| is_left(need)) {
            let (hop, vias) = match &runners {
                Ok(runners) => self.exits(runners, resource, &need, &asked),
                Err(reason) => (Hop::Unclear(reason.clone()), BTreeSet::new()),
            };
            let (reached, via, hop, why) = match hop {
                Hop::Open => {
                    let via = vias.into_iter().map(str::to_owned).collect();
                    (Fact::Known(true), Fact::Known(via), Fact::Absent, Fact::Absent)
                }
                Hop::Shut(hop, why) => (Fact::Known(false), Fact::Absent, Fact::Known(hop), Fact::Known(why)),
                Hop::Unclear(reason) => {
                    draft.mark(format!("{FACT}.reached"), reason);
                    (Fact::Unknown, Fact::Unknown, Fact::Unknown, Fact::Unknown)
                }
            };
            startup.push(Startup {
                what: need.what.into(),
                service: need.service.into(),
                region: Fact::from_read(need.region),
                at: asked.at.into(),
                reached,
                via,
                hop,
                why,
            });
        }
        draft.rests_on("startup", Some(resource));
        draft.joined.startup = Fact::Known(startup);
        if let Some(reason) = doubt {
            draft.mark(FACT, reason);
        }
    }

    /// Whether it gets there from wherever it may stand, and by what.
    fn exits(
        &self,
        runners: &[(Runner, Vec<Subnet<'a>>)],
        resource: &Resource,
        need: &Need,
        asked: &Asked,
    ) -> (Hop, BTreeSet<&'static str>) {
        let is_near = need.region.is_some() && need.region.as_deref() == resource.region();
        let goal = Goal { service: &need.service, is_near, of: &asked.of };
        let mut vias = BTreeSet::new();
        let stands = runners.iter().flat_map(|(runner, subnets)| subnets.iter().map(move |subnet| (runner, subnet)));
        let hop = stands.fold(Hop::Open, |so_far, (runner, subnet)| {
            so_far.and(|| {
                let (hop, via) = self.exit(runner, subnet, &goal);
                vias.insert(via);
                hop
            })
        });
        let seen = |so_far: Hop, (runner, _): &(Runner, _)| so_far.and(|| self.subnets_seen(runner.at));
        (runners.iter().fold(hop, seen), vias)
    }

    /// What fetches for a task, and the subnets that it may stand in: on Fargate the task itself, elsewhere the machine that
    /// it is put on.
    fn runners(&self, at: At) -> Result<Vec<(Runner, Vec<Subnet<'a>>)>, String> {
        let service = self.index.get(at);
        if self.is_on_fargate(at)? {
            let public = service.network.as_ref().map_or(Fact::Unknown, |network| network.public_addresses);
            return Ok(vec![(Runner { at, public }, self.subnets(at)?)]);
        }
        let clusters = self.index.to(at, Rel::RunsOn);
        let mut groups: Vec<At> = clusters.flat_map(|cluster| self.index.to(cluster, Rel::RunsOn)).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            return Err("the machines that its tasks are put on are not known".to_owned());
        }
        let runner = |at: At| -> Result<(Runner, Vec<Subnet<'a>>), String> {
            let templates = self.index.to(at, Rel::RunsFrom).map(|it| self.index.get(it));
            let public = templates.filter_map(|it| Some(it.network.as_ref()?.public_addresses)).find(Fact::is_known);
            Ok((Runner { at, public: public.unwrap_or_default() }, self.subnets(at)?))
        };
        groups.into_iter().map(runner).collect()
    }

    /// Where neither the service says it nor a definition that can run there only, the cluster decides.
    fn is_on_fargate(&self, at: At) -> Result<bool, String> {
        let kinds = |at: At| {
            let workload = self.index.get(at).workload.as_ref();
            workload.and_then(|workload| workload.launch_types.known()).map(Vec::as_slice).unwrap_or_default()
        };
        let is_fargate = |kind: &String| kind.starts_with("fargate");
        let own = kinds(at);
        if own.iter().any(|kind| kind == "external") {
            return Err("it runs on machines of its owner".to_owned());
        }
        if !own.is_empty() {
            return match own.iter().filter(|kind| is_fargate(kind)).count() {
                0 => Ok(false),
                fargate if fargate == own.len() => Ok(true),
                _ => Err("it runs on Fargate and on machines".to_owned()),
            };
        }
        let mut definitions = self.index.to(at, Rel::RunsFrom).map(kinds).peekable();
        match definitions.peek() {
            None => Err("the definition that it runs was not found".to_owned()),
            Some([]) => Ok(false),
            Some(kinds) if kinds.iter().all(is_fargate) => Ok(true),
            Some(kinds) if !kinds.iter().any(is_fargate) => Ok(false),
            Some(_) => Err("whether it runs on Fargate is not known".to_owned()),
        }
    }
}
