//! The readiness of applications: the estate is linked once, and each application is judged by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::PlaceRules;
use super::side_by_side::side_by_side;
use super::{Pipeline, PipelineError, Subject, Told};
use crate::assess::Narrowed;
use crate::config::Application;
use crate::link;
use crate::model::{Class, Fact, Inventory, Kind, Resource};
use crate::policy::Documents;
use crate::readiness::{View, Wiring, readiness};
use crate::result::{Outcome, Readiness};
use crate::text::{did_you_mean, list};

/// The linked estate, and what belongs to which application.
struct Shares {
    inventory: Inventory,
    wiring: Wiring,
    /// By application: positions, sorted.
    members: BTreeMap<String, Vec<usize>>,
    /// Positions of what may belong to any.
    perhaps: Vec<usize>,
    /// Positions of what rules places.
    rules: Vec<usize>,
    /// Kinds that an answer is about.
    decisive: BTreeSet<Kind>,
}

impl Pipeline {
    /// Of these applications, or of all: one for each region in which an application is to come back, or for the one that is
    /// asked for. In the order of the configuration.
    pub fn ready(
        &self,
        subject: impl Into<Subject>,
        names: &[String],
        to: Option<&str>,
    ) -> Result<Vec<Readiness>, PipelineError> {
        let Subject { mut input, waivers: inline, .. } = subject.into();
        self.add_drills(&mut input.inventory);
        let config = &self.loaded().config;
        let known = || config.applications.keys().map(String::as_str);
        if let Some(name) = names.iter().find(|name| !config.applications.contains_key(name.as_str())) {
            return Err(PipelineError::UnknownApplication { name: name.clone(), hint: did_you_mean(name, known()) });
        }
        let services = self.services_left_out(&input.inventory)?;
        let shares = self.shares(input.inventory);
        let told = Told {
            inline,
            configuration: self.of_the_configuration(&shares.inventory),
            notices: input.notices,
            not_understood: input.not_understood,
            incomplete: input.incomplete,
            stack: input.stack,
            trouble: input.trouble,
            narrowed: Narrowed {
                policies: self.blockers_left_out(),
                found: shares.inventory.resources.iter().map(|resource| resource.kind).collect(),
                services,
                ..Narrowed::default()
            },
            ..Told::default()
        };
        for name in names {
            let targets = shares.targets(name);
            if let Some(to) = to.filter(|to| !targets.is_empty() && !targets.contains(*to)) {
                let targets = list(&targets.into_iter().collect::<Vec<_>>());
                return Err(PipelineError::NotRecoveredThere { name: name.clone(), to: to.to_owned(), targets });
            }
        }
        let asked = config.applications.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
        let ways: Vec<(&str, &Application, String)> = asked
            .flat_map(|(name, application)| {
                let targets = shares.targets(name).into_iter().filter(|target| to.is_none_or(|to| to == target));
                let mut targets: Vec<String> = targets.collect();
                // Of all applications only those are meant that come back there.
                if targets.is_empty() && (to.is_none() || !names.is_empty()) {
                    targets.push(to.unwrap_or_default().to_owned());
                }
                targets.into_iter().map(move |target| (name.as_str(), application, target))
            })
            .collect();
        let one = |(name, application, to): &(&str, &Application, String)| {
            let mut ready = self.ready_one(&shares, name, application, to, told.clone())?;
            ready.report = ready.report.filter(|_| ways.len() == 1);
            Ok(ready)
        };
        side_by_side(&ways, one).into_iter().collect()
    }

    fn shares(&self, mut inventory: Inventory) -> Shares {
        let config = &self.loaded().config;
        let edges = link::link_with_edges(&mut inventory, config, self.request.now);
        let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (mut perhaps, mut rules) = (Vec::new(), Vec::new());
        for (at, resource) in inventory.resources.iter().enumerate() {
            let names = resource.joined.as_ref().and_then(|joined| joined.applications.known());
            names.into_iter().flatten().for_each(|name| members.entry(name.clone()).or_default().push(at));
            if resource.unknown.contains_key("joined.applications") {
                perhaps.push(at);
            }
            if matches!(resource.kind.info().class, Class::Region | Class::Quota | Class::QuotaWarning) {
                rules.push(at);
            }
        }
        let (wiring, decisive) = (Wiring::new(&inventory, &edges), self.decisive());
        Shares { inventory, wiring, members, perhaps, rules, decisive }
    }

    fn ready_one(
        &self,
        shares: &Shares,
        name: &str,
        application: &Application,
        to: &str,
        mut told: Told,
    ) -> Result<Readiness, PipelineError> {
        let none = Vec::new();
        let members = shares.members.get(name).unwrap_or(&none);
        let resource = |at: &usize| &shares.inventory.resources[*at];
        let mut judged: Vec<usize> = members.iter().copied().filter(|at| is_on_the_way(resource(at), to)).collect();
        let rules = PlaceRules::new(judged.iter().map(resource));
        judged.extend(shares.rules.iter().filter(|at| rules.bind(resource(at)) && members.binary_search(at).is_err()));
        judged.sort_unstable();
        let perhaps: Vec<usize> =
            shares.perhaps.iter().copied().filter(|at| members.binary_search(at).is_err()).collect();
        told.narrowed.filter = Some(format!("--app {name}"));
        told.narrowed.doubtful = perhaps.iter().filter(|at| shares.decisive.contains(&resource(at).kind)).count();
        let config = &self.loaded().config;
        let objective = application.objective().or(&config.defaults);
        let part = Inventory {
            resources: judged.iter().map(|at| link::asked_by(resource(at), &objective)).collect(),
            coverage: shares.inventory.coverage.clone(),
            collected_at: shares.inventory.collected_at,
            sources: shares.inventory.sources.clone(),
        };
        let show = [Outcome::Fail, Outcome::Unknown, Outcome::Error, Outcome::Waived, Outcome::Pass];
        let stand = self.judged(part, &show, Documents { all: &[], before: false })?;
        let report = self.assessed(stand, None, told, &show)?;
        let book = self.request.drills.as_ref();
        let passed_drills = book.map_or_else(Vec::new, |book| book.passed(name, to, self.request.now));
        let view = View {
            inventory: &shares.inventory,
            wiring: &shares.wiring,
            members,
            perhaps: &perhaps,
            application: name,
            to,
            objective,
            passed_drills: &passed_drills,
            statement: &config.estate,
            now: self.request.now,
        };
        Ok(readiness(&view, report))
    }
}

impl Shares {
    /// The regions in which an application is to come back, sorted.
    fn targets(&self, name: &str) -> BTreeSet<String> {
        let members = self.members.get(name).into_iter().flatten();
        let target = |at: &usize| {
            let resource = &self.inventory.resources[*at];
            // What lives once an account comes back wherever others do.
            let joined = resource.joined.as_ref().filter(|_| resource.region().is_some())?;
            Some(joined).filter(|joined| joined.is_recovery_side != Fact::Known(true))?.recovery_region.text()
        };
        members.filter_map(target).map(str::to_owned).collect()
    }
}

/// It comes back in that region, stands there, or nobody knows where it comes back.
fn is_on_the_way(resource: &Resource, to: &str) -> bool {
    let joined = resource.joined.as_ref();
    let elsewhere = joined.and_then(|joined| joined.recovery_region.text()).is_some_and(|own| own != to);
    // Its drills elsewhere show nothing of this way.
    let may_be = !elsewhere && resource.drills.is_none();
    may_be || resource.region() == Some(to)
}
