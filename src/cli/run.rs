//! The pipeline: read or collect, link, judge, assess, report.

use std::collections::{BTreeSet, HashMap, HashSet};

use clap::Args;

use super::filter::comes_back;
use super::format::Outputs;
use super::input::Input;
use super::targets::Targets;
use super::{FilterArgs, Global, JudgeArgs, OutputArgs, PlaceArgs, policy, select};
use crate::assess::baseline::{Baseline, Entry, Pruned};
use crate::assess::waivers::WaiverSet;
use crate::assess::{self, Estate, Narrowed, Settings, change};
use crate::collect::source::InlineWaiver;
use crate::config::Loaded;
use crate::error::{Error, Exit};
use crate::link::{self, Joiner, link};
use crate::model::{Document, Inventory, Kind, Resource};
use crate::policy::{Backend, Documents, Judged, Options, PolicySet, judge, judge_joined};
use crate::report::{Notice, Report};
use crate::text::{count, did_you_mean};
use crate::verdict::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn check(global: &Global, args: &CheckArgs) -> Result<Exit, Error> {
    let loaded = global.load()?;
    let outputs = Outputs::open(global, &args.output, &loaded)?;
    let pipeline = Pipeline::new(global, &args.judge, &args.filter, loaded)?;
    let subject = args.targets.read(global, &pipeline.loaded().config, pipeline.needs_documents())?;
    let report = pipeline.report(subject, &args.output.outcomes())?;
    outputs.write(&report)?;
    Ok(Exit::of(report.gate.exit_code))
}

/// What is judged, and what its code says.
pub(super) struct Subject {
    pub(super) input: Input,
    /// Those in the code.
    pub(super) waivers: Vec<InlineWaiver>,
    /// It is everything there is, not one workspace's part of it.
    pub(super) is_whole: bool,
}

impl From<Input> for Subject {
    fn from(input: Input) -> Self {
        Self { input, waivers: Vec::new(), is_whole: true }
    }
}

/// Everything that a run needs beside what it judges. It is made first, so that a typo costs no scan.
pub(super) struct Pipeline<'a> {
    global: &'a Global,
    judge: &'a JudgeArgs,
    filter: &'a FilterArgs,
    loaded: Loaded,
    policies: PolicySet,
    /// Where some are left out: all of them, because a waiver of one that is left out is no mistake.
    all: Option<PolicySet>,
    baseline: Baseline,
}

/// The linked and judged estate.
struct Stand {
    inventory: Inventory,
    judged: Judged,
}

impl Stand {
    fn estate(&self) -> Estate<'_> {
        Estate { inventory: &self.inventory, judged: &self.judged }
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

impl<'a> Pipeline<'a> {
    pub(super) fn new(
        global: &'a Global,
        judge: &'a JudgeArgs,
        filter: &'a FilterArgs,
        loaded: Loaded,
    ) -> Result<Self, Error> {
        let mut pipeline = Self::without_baseline(global, judge, filter, loaded)?;
        pipeline.baseline = judge.waive.baseline(&pipeline.loaded)?;
        Ok(pipeline)
    }

    /// Without a look at the baseline, which may be about to be written anew because it cannot be read.
    pub(super) fn without_baseline(
        global: &'a Global,
        judge: &'a JudgeArgs,
        filter: &'a FilterArgs,
        loaded: Loaded,
    ) -> Result<Self, Error> {
        let mut policies = policy::load(&judge.own, &loaded)?;
        let mut all = None;
        if !judge.select.is_empty() || !judge.skip.is_empty() {
            all = Some(policies.clone());
            select::apply(&mut policies, &judge.select, &judge.skip)?;
        }
        let applications = &loaded.config.applications;
        if let Some(name) = filter.app.iter().find(|name| !applications.contains_key(name.as_str())) {
            let hint = did_you_mean(name, applications.keys().map(String::as_str));
            let message = format!("the configuration has no application '{name}'{hint}");
            return Err(Error::usage(message, "applications are stated in seaworthy.yaml, under 'applications'"));
        }
        let pipeline = Self { global, judge, filter, loaded, policies, all, baseline: Baseline::default() };
        // For its errors.
        pipeline.waivers()?;
        Ok(pipeline)
    }

    /// The waivers of the file.
    fn waivers(&self) -> Result<WaiverSet<'_>, Error> {
        let today = self.global.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut waivers = WaiverSet::new(&self.loaded.config, self.all.as_ref().unwrap_or(&self.policies), today);
        if let Some(file) = self.judge.waive.waivers_file(&self.loaded) {
            waivers.load(&file)?;
        }
        Ok(waivers)
    }

    /// Policies about blockers that `--select` and `--skip` leave out.
    fn blockers_left_out(&self) -> usize {
        let blockers = |set: &PolicySet| set.policies().iter().filter(|policy| policy.is_blocker()).count();
        self.all.as_ref().map_or(0, |all| blockers(all).saturating_sub(blockers(&self.policies)))
    }

    /// Kinds that the answer is about, whatever policies are left out.
    fn decisive(&self) -> BTreeSet<Kind> {
        assess::decisive_kinds(self.all.as_ref().unwrap_or(&self.policies))
    }

    /// Judges, and says what counts.
    pub(super) fn report(&self, subject: impl Into<Subject>, show: &[Outcome]) -> Result<Report, Error> {
        let Subject { input, waivers: inline, is_whole } = subject.into();
        let mut notices = input.notices;
        let mut narrowed = Narrowed {
            policies: self.blockers_left_out(),
            found: input.inventory.resources.iter().map(|resource| resource.kind).collect(),
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
            match self.judge.own.expects_plan() {
                true => trouble = trouble.or(Some(text)),
                false => notices.push(Notice::note(text)),
            }
        }
        let decisive = self.decisive();
        let Looked { before, after, configuration, aside } = match input.is_plan || !self.filter.is_empty() {
            true => self.compared(input.inventory, input.is_plan, &input.documents, show, &mut narrowed)?,
            false => self.looked(input.inventory, &input.documents, show)?,
        };
        if !aside.is_empty() {
            let text = format!("{} that the plan cannot touch: not judged", count(aside.len(), "resource"));
            notices.push(Notice::note(text));
        }
        narrowed.aside = aside.iter().filter(|one| decisive.contains(&one.kind) && comes_back(one)).count();
        let is_whole = is_whole && aside.is_empty();
        let mut waivers = self.waivers()?;
        if !self.judge.waive.no_waivers {
            notices.extend(waivers.add_inline(inline));
        }
        // The waivers note that they were needed, and say below which were not.
        for (policy, resource, _) in self.of_outcome(&after, Outcome::Fail) {
            waivers.matching(policy, resource);
        }
        for (policy, resource, _) in self.of_outcome(&after, Outcome::Unknown) {
            waivers.attesting(policy, resource);
        }
        let upkeep = waivers.upkeep(&self.policies, is_whole && self.filter.is_empty());
        notices.extend(upkeep.notices);
        notices.extend(self.baseline.notice());
        let config = &self.loaded.config;
        let settings = Settings {
            now: self.global.now(),
            show,
            fail_on: self.judge.fail_on.unwrap_or(config.gate.fail_on),
            strict: self.judge.strict || config.gate.strict,
            scope: self.judge.gate.unwrap_or(config.gate.scope),
            waiver: &|policy, resource, verdict, fingerprint| {
                if verdict.outcome == Outcome::Unknown {
                    return waivers.attesting(policy, resource);
                }
                waivers.matching(policy, resource).or_else(|| self.baseline.matching(fingerprint, resource, verdict))
            },
            waiver_trouble: upkeep.trouble,
            narrowed,
            statement: &config.estate,
            applications: &config.applications.keys().cloned().collect::<Vec<_>>(),
            configuration,
            notices,
            not_understood: input.not_understood,
            trouble,
            planned: input.planned,
            incomplete: input.incomplete,
            stack: input.stack,
        };
        let before = before.as_ref().map(Stand::estate);
        Ok(assess::assess(&self.policies, after.estate(), before, settings))
    }

    /// The failures that no waiver covers, for a new baseline.
    pub(super) fn failures(&self, subject: Subject) -> Result<Baseline, Error> {
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
    pub(super) fn prune(&self, baseline: &mut Baseline, subject: Subject, all: bool) -> Result<Pruned, Error> {
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
    fn looked(&self, mut inventory: Inventory, documents: &[Document], show: &[Outcome]) -> Result<Looked, Error> {
        let now = Documents { all: documents, before: false };
        // What is found in a document may be about any of its resources.
        if !documents.is_empty() {
            let inventory = self.linked(inventory);
            let configuration = self.of_the_configuration(&inventory);
            let after = self.judged(inventory, show, now)?;
            return Ok(Looked { before: None, after, configuration, aside: Vec::new() });
        }
        link::prepare(&mut inventory);
        let joiner = Joiner::new(&inventory, &self.loaded.config, self.global.now());
        let options = self.options(show, now);
        let judged = judge_joined(&self.policies, &inventory.resources, &|at| joiner.joins(at), &options)?;
        joiner.into_remains().fill(&mut inventory);
        let configuration = self.of_the_configuration(&inventory);
        Ok(Looked { before: None, after: Stand { inventory, judged }, configuration, aside: Vec::new() })
    }

    /// An estate before and after a change, as far as the filters mean it. Both go by what is joined, so that it is kept.
    fn compared(
        &self,
        inventory: Inventory,
        is_plan: bool,
        documents: &[Document],
        show: &[Outcome],
        narrowed: &mut Narrowed,
    ) -> Result<Looked, Error> {
        let decisive = self.decisive();
        let mut before = is_plan.then(|| self.linked(change::before(&inventory)));
        let mut after = self.linked(inventory);
        let configuration = self.of_the_configuration(&after);
        // Only now, because what is not judged may still be a replica or a copy of what is.
        if let Some(before) = &mut before {
            self.filter.apply(&mut before.resources, &decisive, &mut Narrowed::default());
        }
        self.filter.apply(&mut after.resources, &decisive, narrowed);
        let aside = before.as_mut().map_or_else(Vec::new, |before| set_aside(before, &mut after));
        // What passed before and is unknown afterwards is evidence lost, so passes are kept, too.
        let passes: Vec<_> = show.iter().copied().chain([Outcome::Pass]).collect();
        let before = before
            .map(|before| self.judged(before, &passes, Documents { all: documents, before: true }))
            .transpose()?;
        let after = self.judged(after, show, Documents { all: documents, before: false })?;
        Ok(Looked { before, after, configuration, aside })
    }

    /// What the reader should know of the configuration, over a linked estate.
    fn of_the_configuration(&self, inventory: &Inventory) -> Vec<Notice> {
        let PlaceArgs { account, region } = &self.filter.place;
        link::notices(inventory, &self.loaded, link::Asked { accounts: account, regions: region })
    }

    fn linked(&self, mut inventory: Inventory) -> Inventory {
        link(&mut inventory, &self.loaded.config, self.global.now());
        inventory
    }

    fn judged(&self, inventory: Inventory, show: &[Outcome], documents: Documents<'_>) -> Result<Stand, Error> {
        let judged = judge(&self.policies, &inventory.resources, &self.options(show, documents))?;
        Ok(Stand { inventory, judged })
    }

    fn options<'d>(&self, show: &[Outcome], documents: Documents<'d>) -> Options<'d> {
        let decisive = [Outcome::Fail, Outcome::Unknown, Outcome::Error];
        Options {
            jobs: self.global.jobs.map_or(0, usize::from),
            keep: Outcome::ALL.into_iter().filter(|o| decisive.contains(o) || show.contains(o)).collect(),
            backend: Backend::default(),
            documents,
        }
    }

    /// Whether a policy is asked about plans as a whole.
    pub(super) fn needs_documents(&self) -> bool {
        self.policies.need_documents()
    }

    pub(super) fn loaded(&self) -> &Loaded {
        &self.loaded
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
