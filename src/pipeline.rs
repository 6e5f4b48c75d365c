//! The pipeline: link, judge and assess what was read or collected, so that it can be reported. It knows no command line.

mod applications;
mod assessed;
mod behind;
mod error;
mod filter;
mod graph;
mod input;
mod policies;
mod ready;
mod request;
mod select;
mod side_by_side;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::assess::baseline::{Baseline, Entry, Pruned};
use crate::assess::waivers::WaiverSet;
use crate::assess::{self, JudgedEstate, Narrowed, change};
use crate::collect::source::InlineWaiver;
use crate::config::Loaded;
use crate::drill;
use crate::link::{self, Joiner, link};
use crate::model::{Document, Inventory, Kind, Notice, Planned, Resource};
use crate::policy::{Backend, Documents, Expects, Framework, Judged, Options, PolicySet, judge, judge_joined};
use crate::result::{Behind, Outcome, Report, Verdict};
use crate::text::{count, did_you_mean};
pub use applications::applications;
pub use error::PipelineError;
use filter::comes_back;
pub use graph::graph;
pub use input::{Input, Subject};
pub use policies::policies;
pub use request::{Filter, OwnPolicies, Request};

/// Everything that a run needs beside what it judges. It is made first, so that a typo costs no scan.
pub struct Pipeline {
    request: Request,
    policies: PolicySet,
    /// Where some are left out: all of them, because a waiver of one that is left out is no mistake.
    all: Option<PolicySet>,
    baseline: Baseline,
    frameworks: Vec<Framework>,
}

/// The linked and judged estate.
struct Stand {
    inventory: Inventory,
    judged: Judged,
    /// What stands behind failed blockers, by the position of their resource.
    behind: HashMap<usize, Box<Behind>>,
}

impl Stand {
    fn estate(&self) -> JudgedEstate<'_> {
        JudgedEstate { inventory: &self.inventory, judged: &self.judged }
    }
}

/// What is judged, and what it is held against.
struct Looked {
    before: Option<Stand>,
    after: Stand,
    configuration: Vec<Notice>,
    /// What the plan cannot touch: it is not judged.
    aside: Vec<Resource>,
}

/// What is told of a run beside its verdicts.
#[derive(Clone, Default)]
struct Told {
    /// Waivers of the code.
    inline: Vec<InlineWaiver>,
    /// All of it was judged: a waiver that matches nothing is none of anything.
    is_whole: bool,
    narrowed: Narrowed,
    configuration: Vec<Notice>,
    notices: Vec<Notice>,
    not_understood: BTreeMap<String, usize>,
    planned: Vec<Planned>,
    incomplete: Vec<String>,
    stack: Option<String>,
    trouble: Option<String>,
}

impl Pipeline {
    /// Loads what the request names: policies, waivers and the baseline.
    pub fn new(request: Request) -> Result<Self, PipelineError> {
        let mut policies = policies(&request.own, &request.loaded)?;
        let mut all = None;
        if !request.select.is_empty() || !request.skip.is_empty() {
            all = Some(policies.clone());
            select::apply(&mut policies, &request.select, &request.skip)?;
        }
        let applications = &request.loaded.config.applications;
        let unknown = |name: &&String| !applications.contains_key(name.as_str());
        if let Some(name) = request.filter.applications.iter().find(unknown) {
            let hint = did_you_mean(name, applications.keys().map(String::as_str));
            return Err(PipelineError::UnknownApplication { name: name.clone(), hint });
        }
        let frameworks = select::frameworks(&request.frameworks)?;
        let mut pipeline = Self { request, policies, all, baseline: Baseline::default(), frameworks };
        // For its errors.
        pipeline.waivers()?;
        if let Some(file) = &pipeline.request.baseline {
            pipeline.baseline = Baseline::load(file)?;
        }
        Ok(pipeline)
    }

    /// The waivers of the file.
    fn waivers(&self) -> Result<WaiverSet<'_>, PipelineError> {
        let today = self.request.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut waivers = WaiverSet::new(&self.loaded().config, self.all.as_ref().unwrap_or(&self.policies), today);
        if let Some(file) = &self.request.waivers {
            waivers.load(file)?;
        }
        Ok(waivers)
    }

    /// Policies about blockers that `--select` and `--skip` leave out.
    fn blockers_left_out(&self) -> usize {
        let blockers = |set: &PolicySet| set.policies().iter().filter(|policy| policy.is_blocker()).count();
        self.all.as_ref().map_or(0, |all| blockers(all).saturating_sub(blockers(&self.policies)))
    }

    /// The services that a collection has to ask for these policies. `None`: all, because none was left out.
    pub fn services(&self) -> Result<Option<BTreeSet<&'static str>>, PipelineError> {
        self.all.as_ref().map(|_| select::services(&self.policies, &self.loaded().config)).transpose()
    }

    /// Services that were not asked when this was collected, and that none of the policies needs.
    fn services_left_out(&self, inventory: &Inventory) -> Result<BTreeSet<&'static str>, PipelineError> {
        let left_out = || inventory.coverage.iter().filter(|row| row.is_not_needed()).map(|row| row.service.as_str());
        if left_out().next().is_none() {
            return Ok(BTreeSet::new());
        }
        let needed = select::services(&self.policies, &self.loaded().config)?;
        let left_out: BTreeSet<&str> = left_out().collect();
        Ok(Kind::services().into_iter().filter(|one| left_out.contains(one) && !needed.contains(one)).collect())
    }

    /// Kinds that the answer is about, whatever policies are left out.
    fn decisive(&self) -> BTreeSet<Kind> {
        assess::decisive_kinds(self.all.as_ref().unwrap_or(&self.policies))
    }

    /// Judges, and says what counts.
    pub fn report(&self, subject: impl Into<Subject>, show: &[Outcome]) -> Result<Report, PipelineError> {
        let Subject { mut input, waivers: inline, is_whole } = subject.into();
        self.add_drills(&mut input.inventory);
        let mut notices = input.notices;
        let mut narrowed = Narrowed {
            policies: self.blockers_left_out(),
            found: input.inventory.resources.iter().map(|resource| resource.kind).collect(),
            services: self.services_left_out(&input.inventory)?,
            ..Narrowed::default()
        };
        let mut trouble = input.trouble;
        if input.documents.is_empty() && self.needs_documents() {
            let policies = self.policies.policies().iter().filter(|policy| policy.is_about_plans()).count();
            let text = format!(
                "there is no Terraform plan: {} about plans not asked",
                match policies {
                    1 => "1 policy".to_owned(),
                    more => format!("{more} policies"),
                }
            );
            match self.request.own.expects == Expects::Terraform {
                true => trouble = trouble.or(Some(text)),
                false => notices.push(Notice::note(text)),
            }
        }
        let decisive = self.decisive();
        let Looked { before, after, configuration, aside } = match input.is_plan || !self.request.filter.is_empty() {
            true => self.compared(input.inventory, input.is_plan, &input.documents, show, &mut narrowed)?,
            false => self.looked(input.inventory, &input.documents, show)?,
        };
        if !aside.is_empty() {
            let text = format!("{} that the plan cannot touch: not judged", count(aside.len(), "resource"));
            notices.push(Notice::note(text));
        }
        narrowed.aside = aside.iter().filter(|one| decisive.contains(&one.kind) && comes_back(one)).count();
        let told = Told {
            inline,
            is_whole: is_whole && aside.is_empty() && self.request.filter.is_empty(),
            narrowed,
            configuration,
            notices,
            not_understood: input.not_understood,
            planned: input.planned,
            incomplete: input.incomplete,
            stack: input.stack,
            trouble,
        };
        self.assessed(after, before, told, show)
    }

    /// Adds what the record of drills tells. Code alone is not asked about drills: no plan changes what was tried.
    fn add_drills(&self, inventory: &mut Inventory) {
        let Some(book) = &self.request.drills else { return };
        if inventory.sources.iter().any(|source| !source.starts_with("terraform")) {
            inventory.resources.extend(drill::resources(book, &self.loaded().config, self.request.now));
            inventory.sort();
        }
    }

    /// The failures that no waiver covers, for a new baseline.
    pub fn failures(&self, mut subject: Subject) -> Result<Baseline, PipelineError> {
        self.add_drills(&mut subject.input.inventory);
        let Looked { after: stand, .. } = self.looked(subject.input.inventory, &subject.input.documents, &[])?;
        let mut waivers = self.waivers()?;
        waivers.add_inline(subject.waivers);
        let covered = |policy: &str, resource: &Resource| {
            waivers.matching(policy, resource).is_some_and(|waiver| !waiver.expired)
        };
        let failures =
            self.of_outcome(&stand, Outcome::Fail).filter(|(policy, resource, _)| !covered(policy, resource));
        Ok(failures.map(|(policy, resource, verdict)| Entry::new(policy, resource, verdict)).collect())
    }

    /// Takes out of a baseline what is over.
    pub fn prune(&self, baseline: &mut Baseline, mut subject: Subject, all: bool) -> Result<Pruned, PipelineError> {
        self.add_drills(&mut subject.input.inventory);
        let Looked { after: stand, .. } =
            self.looked(subject.input.inventory, &subject.input.documents, &Outcome::ALL)?;
        Ok(baseline.prune(&self.policies, stand.estate(), all))
    }

    /// Policy, resource and verdict of every verdict with that outcome.
    fn of_outcome<'s>(
        &'s self,
        stand: &'s Stand,
        outcome: Outcome,
    ) -> impl Iterator<Item = (&'s str, &'s Resource, &'s Verdict)> {
        let found = stand.judged.verdicts.iter().filter(move |verdict| verdict.outcome == outcome);
        found.filter_map(|verdict| {
            let policy = self.policies.policies().get(verdict.policy)?;
            Some((policy.id(), stand.inventory.resources.get(verdict.resource)?, verdict))
        })
    }

    /// An estate as it is. Its joins are made in passing: nothing asks for all of them afterwards.
    fn looked(
        &self,
        mut inventory: Inventory,
        documents: &[Document],
        show: &[Outcome],
    ) -> Result<Looked, PipelineError> {
        let now = Documents { all: documents, before: false };
        // What is found in a document may be about any of its resources.
        if !documents.is_empty() {
            let inventory = self.linked(inventory);
            let configuration = self.of_the_configuration(&inventory);
            let mut after = self.judged(inventory, show, now)?;
            after.behind = self.behind(&after);
            return Ok(Looked { before: None, after, configuration, aside: Vec::new() });
        }
        link::prepare(&mut inventory);
        let joiner = Joiner::new(&inventory, &self.loaded().config, self.request.now);
        let options = self.options(show, now);
        let judged = judge_joined(&self.policies, &inventory.resources, &|at| joiner.joins(at), &options)?;
        let behind = behind::behind(&joiner, &inventory.resources, behind::failed(&self.policies, &judged));
        joiner.into_remains().fill(&mut inventory);
        let configuration = self.of_the_configuration(&inventory);
        Ok(Looked { before: None, after: Stand { inventory, judged, behind }, configuration, aside: Vec::new() })
    }

    /// An estate before and after a change, as far as the filters mean it. Both go by what is joined, so that it is kept.
    fn compared(
        &self,
        inventory: Inventory,
        is_plan: bool,
        documents: &[Document],
        show: &[Outcome],
        narrowed: &mut Narrowed,
    ) -> Result<Looked, PipelineError> {
        let decisive = self.decisive();
        let mut before = is_plan.then(|| self.linked(change::before(&inventory)));
        let mut after = self.linked(inventory);
        let configuration = self.of_the_configuration(&after);
        // Only now, because what is not judged may still be a replica or a copy of what is.
        if let Some(before) = &mut before {
            self.request.filter.apply(&mut before.resources, &decisive, &mut Narrowed::default());
        }
        self.request.filter.apply(&mut after.resources, &decisive, narrowed);
        let aside = before.as_mut().map_or_else(Vec::new, |before| set_aside(before, &mut after));
        // What passed before and is unknown afterwards is evidence lost, so passes are kept, too.
        let passes: Vec<_> = show.iter().copied().chain([Outcome::Pass]).collect();
        let before = before
            .map(|before| self.judged(before, &passes, Documents { all: documents, before: true }))
            .transpose()?;
        let mut after = self.judged(after, show, Documents { all: documents, before: false })?;
        after.behind = self.behind(&after);
        Ok(Looked { before, after, configuration, aside })
    }

    /// What the reader should know of the configuration, over a linked estate.
    fn of_the_configuration(&self, inventory: &Inventory) -> Vec<Notice> {
        let filter = &self.request.filter;
        link::notices(inventory, self.loaded(), link::Asked { accounts: &filter.accounts, regions: &filter.regions })
    }

    fn linked(&self, mut inventory: Inventory) -> Inventory {
        link(&mut inventory, &self.loaded().config, self.request.now);
        inventory
    }

    /// What stands behind the blockers of an estate whose joins are kept.
    fn behind(&self, stand: &Stand) -> HashMap<usize, Box<Behind>> {
        let failed = behind::failed(&self.policies, &stand.judged);
        // Nothing is linked once more for blockers that there are not.
        if failed.is_empty() {
            return HashMap::new();
        }
        let joiner = Joiner::new(&stand.inventory, &self.loaded().config, self.request.now);
        behind::behind(&joiner, &stand.inventory.resources, failed)
    }

    fn judged(&self, inventory: Inventory, show: &[Outcome], documents: Documents<'_>) -> Result<Stand, PipelineError> {
        let judged = judge(&self.policies, &inventory.resources, &self.options(show, documents))?;
        Ok(Stand { inventory, judged, behind: HashMap::new() })
    }

    fn options<'d>(&self, show: &[Outcome], documents: Documents<'d>) -> Options<'d> {
        let decisive = [Outcome::Fail, Outcome::Unknown, Outcome::Error];
        Options {
            jobs: self.request.jobs,
            keep: Outcome::ALL.into_iter().filter(|o| decisive.contains(o) || show.contains(o)).collect(),
            backend: Backend::default(),
            documents,
        }
    }

    /// Whether a policy is asked about plans as a whole.
    pub fn needs_documents(&self) -> bool {
        self.policies.need_documents()
    }

    /// The configuration.
    pub fn loaded(&self) -> &Loaded {
        &self.request.loaded
    }
}

/// Takes out what stands in no code of the plan and has the same facts and joins before and after: its verdicts would
/// be the same, too.
fn set_aside(before: &mut Inventory, after: &mut Inventory) -> Vec<Resource> {
    let was: HashMap<&str, &Resource> = before.resources.iter().map(|one| (one.id.as_str(), one)).collect();
    let same =
        |one: &&Resource| one.change.is_none() && !one.kind.is_of_code() && was.get(one.id.as_str()) == Some(one);
    let ids: HashSet<String> = after.resources.iter().filter(same).map(|one| one.id.clone()).collect();
    before.resources.retain(|one| !ids.contains(&one.id));
    after.resources.extract_if(.., |one| ids.contains(&one.id)).collect()
}
