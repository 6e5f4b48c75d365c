//! From what rules say to verdicts, in parallel over the resources.
//!
//! Three-valued logic: a rule that fired may have fired because a fact is unknown, and a rule that did not may have kept
//! still for that reason. Which of them, the analysis of what each rule reads tells.

mod built_in;
mod documents;
mod facets;
mod grounds;
mod home;
mod routes;
mod said;
mod user;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::engine;
use super::input::{Input, InputMaker};
use super::rego::{self, Limits, Machine};
use super::remedy::Filled;
use super::rules::Rules;
use super::schema::Schema;
use super::{PATTERN, Policy, PolicyError, PolicySet, pattern_of};
use crate::model::{Joins, Linked, Pattern, Resource, Severity};
use crate::policy::compiled::{Backend, Compiled};
use crate::result::{EvidenceKind, Outcome, Verdict};
use facets::Expected;
pub use grounds::{Decided, Grounds, SeenIn};
use grounds::{Ledger, measured_days};
pub use home::Documents;
use home::Home;
use routes::{Route, action, is_asked, routes};
use said::Said;
use words::words;

/// Resources that a worker takes at once.
const CHUNK: usize = 256;

/// Of a worker: the rules of users may be nested deeply.
pub(crate) const STACK: usize = 64 * 1024 * 1024;

/// How often a policy may run into its bounds before a worker asks it no more.
const MOST_STOPS: u32 = 3;

/// How to judge.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// Worker threads; 0 for one a core.
    pub jobs: usize,
    /// Outcomes whose verdicts are wanted. The others are counted only: a large estate has millions of passes.
    pub keep: Vec<Outcome>,
    /// Which engine evaluates.
    pub backend: Backend,
    /// What policies are asked about as a whole.
    pub documents: Documents<'a>,
}

/// Verdicts by outcome, in the order of [`Outcome::ALL`].
pub type Tally = BTreeMap<Outcome, usize>;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// In the order of the resources, then of the policies.
    pub verdicts: Vec<Verdict>,
    /// For each policy, all its verdicts counted.
    pub tallies: Vec<Tally>,
    /// For each policy, how often it was not asked because only the running estate can answer. They count as not
    /// applicable.
    pub for_the_running: Vec<usize>,
    /// For each policy, how many passes rest on what code declares.
    pub declared: Vec<usize>,
    /// For each policy, what its passes and failures rest on.
    pub grounds: Vec<Grounds>,
}

impl Judged {
    fn new(policies: usize) -> Self {
        Self {
            verdicts: Vec::new(),
            tallies: vec![Tally::new(); policies],
            for_the_running: vec![0; policies],
            declared: vec![0; policies],
            grounds: vec![Grounds::new(); policies],
        }
    }
}

/// Judges every resource by every policy for its kind, with what it keeps joined onto it.
pub fn judge(set: &PolicySet, resources: &[Resource], options: &Options<'_>) -> Result<Judged, PolicyError> {
    judge_joined(set, resources, &|_| None, options)
}

/// The same, with joins that are made for each resource when it is judged. An estate is many times as large with all of
/// them as without any.
pub fn judge_joined(
    set: &PolicySet,
    resources: &[Resource],
    joins: &(dyn Fn(usize) -> Option<Joins> + Sync),
    options: &Options<'_>,
) -> Result<Judged, PolicyError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if options.jobs == 0 { cores } else { options.jobs };
    let jobs = jobs.min(resources.len().div_ceil(CHUNK)).max(1);
    let next = AtomicUsize::new(0);
    let parts: Mutex<WorkerResults> = Mutex::default();
    let routes = routes(set, resources)?;
    let expected = Expected::new(set)?;
    let homes = home::homes(options.documents, resources);
    let work = || -> Result<(), PolicyError> {
        let mut worker = Worker::new(set, &routes, &expected, options, &homes);
        let mut judged = Judged::new(set.policies.len());
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            let start = chunk * CHUNK;
            let Some(part) = resources.get(start..resources.len().min(start + CHUNK)).filter(|part| !part.is_empty())
            else {
                judged.grounds = worker.ledger.into_grounds();
                parts.lock().unwrap_or_else(PoisonError::into_inner).1.push(judged);
                return Ok(());
            };
            for (at, resource) in part.iter().enumerate() {
                let joins = joins(start + at);
                worker.judge(start + at, Linked::new(resource, joins.as_ref()), &mut judged)?;
            }
            let verdicts = std::mem::take(&mut judged.verdicts);
            parts.lock().unwrap_or_else(PoisonError::into_inner).0.insert(chunk, verdicts);
        }
    };
    if set.bundle.is_none() && jobs == 1 {
        work()?;
    } else if set.bundle.is_none() && jobs == rayon::current_num_threads() {
        // The threads that read the estate have room left over, and those that make the findings can use theirs again.
        rayon::broadcast(|_| work()).into_iter().collect::<Result<Vec<()>, _>>()?;
    } else {
        std::thread::scope(|scope| {
            let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let threads = (0..jobs).map(spawn).collect::<Result<Vec<_>, _>>();
            threads
                .map_err(|error| engine::syntax("threads", error))?
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect::<Result<Vec<()>, _>>()
        })?;
    }
    let mut all = Judged::new(set.policies.len());
    let (verdicts, counted) = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.verdicts.reserve_exact(verdicts.values().map(Vec::len).sum());
    all.verdicts.extend(verdicts.into_values().flatten());
    for part in counted {
        let sums = all.for_the_running.iter_mut().chain(&mut all.declared);
        for (sum, number) in sums.zip(part.for_the_running.into_iter().chain(part.declared)) {
            *sum += number;
        }
        for (sum, grounds) in all.grounds.iter_mut().zip(part.grounds) {
            for (ground, decided) in grounds {
                let sum = sum.entry(ground).or_default();
                *sum = sum.and(decided);
            }
        }
        for (sum, tally) in all.tallies.iter_mut().zip(part.tallies) {
            for (outcome, count) in tally {
                *sum.entry(outcome).or_default() += count;
            }
        }
    }
    // A document is judged at one place, and what is found belongs to many.
    if !homes.is_empty() {
        all.verdicts.sort_by_key(|verdict| (verdict.resource, verdict.policy));
    }
    Ok(all)
}

/// Verdicts by chunk, and what each worker counted.
type WorkerResults = (BTreeMap<usize, Vec<Verdict>>, Vec<Judged>);

struct Worker<'s> {
    set: &'s PolicySet,
    routes: &'s [Route],
    options: &'s Options<'s>,
    homes: &'s [Home<'s>],
    maker: InputMaker<'static>,
    /// Of the resource that is judged.
    input: Input,
    compiled: Vec<Option<Compiled>>,
    /// Runs what users wrote.
    machine: Option<Machine<'s>>,
    expected: &'s Expected,
    /// By policy.
    filled: HashMap<usize, Filled>,
    ledger: Ledger,
    /// How often each policy ran into its bounds, and what it said.
    stopped: BTreeMap<usize, (u32, String)>,
}

impl<'s> Worker<'s> {
    fn new(
        set: &'s PolicySet,
        routes: &'s [Route],
        expected: &'s Expected,
        options: &'s Options<'s>,
        homes: &'s [Home<'s>],
    ) -> Self {
        let compiled = (0..set.policies.len()).map(|_| None).collect();
        let machine = set.bundle.as_ref().map(|bundle| Machine::new(&bundle.program, bundle.base(&set.parameters)));
        Self {
            set,
            routes,
            options,
            homes,
            maker: InputMaker::new(Schema::of_resource()),
            input: Input::default(),
            compiled,
            machine,
            expected,
            filled: HashMap::new(),
            ledger: Ledger::new(set.policies.len()),
            stopped: BTreeMap::new(),
        }
    }

    fn judge(&mut self, at: usize, linked: Linked<'_>, into: &mut Judged) -> Result<(), PolicyError> {
        let (set, resource) = (self.set, linked.resource);
        if let Some(home) = self.homes.iter().find(|home| home.plan == at) {
            return self.judge_document(home, into);
        }
        // Nothing of the model is asked of what stands for code.
        if resource.kind.is_of_code() {
            return Ok(());
        }
        let pattern = pattern_of(linked.joined());
        let action = action(resource);
        let Some(route) = self.routes.get(resource.kind.index()) else { return Ok(()) };
        let (mut is_made, mut is_ready, mut is_entered) = (false, false, false);
        let mut input = std::mem::take(&mut self.input);
        for index in route.policies.iter().copied() {
            let policy = &set.policies[index];
            if !is_asked(policy, action) {
                continue;
            }
            if !std::mem::replace(&mut is_made, true) {
                let made = self.maker.make(linked, &route.wanted, &mut input);
                made.map_err(|error| engine::syntax(&policy.source.path, error))?;
            }
            let value = &input.value;
            let severity = policy.severity(pattern);
            // Whether the question arises, or is about a blocker, depends on the pattern, and the pattern is unknown.
            let in_doubt = linked.reason(PATTERN).is_some() && policy.hangs_on_pattern();
            let said = match severity {
                None if !in_doubt => Said::NotApplicable,
                _ if policy.header.is_made_up && !self.expected.concern(policy.rules(set)?, linked, value) => {
                    Said::NotApplicable
                }
                _ => match (&policy.rules(set)?.asked, &mut self.machine) {
                    (Some(asked), Some(machine)) => {
                        if !std::mem::replace(&mut is_ready, true) {
                            machine.set_input(rego::input(value, linked), Limits::RESOURCE);
                        }
                        match self.stopped.get(&index).filter(|(often, _)| *often >= MOST_STOPS) {
                            // It would take as long for each of a thousand resources.
                            Some((_, message)) => Said::Error(message.clone()),
                            None => user::ask(machine, asked, policy.rules(set)?, value).unwrap_or_else(|message| {
                                let entry = self.stopped.entry(index).or_insert((0, message.clone()));
                                entry.0 += 1;
                                Said::Error(message)
                            }),
                        }
                    }
                    _ => self.ask(index, policy, &input)?,
                },
            };
            let said = match said {
                Said::Fail(_) | Said::Warn(_) if in_doubt => {
                    Said::Unknown(Schema::of_resource().find(PATTERN).into_iter().collect())
                }
                // What code declares does not run yet, so that nobody can have seen how it does.
                Said::Unknown(_) if resource.is_declared() && policy.rules(set)?.for_the_running => {
                    into.for_the_running[index] += 1;
                    Said::ForTheRunning
                }
                said => said,
            };
            let only_warns = matches!(said, Said::Warn(_));
            let outcome = match said {
                Said::Fail(_) | Said::Warn(_) => Outcome::Fail,
                Said::Unknown(_) => Outcome::Unknown,
                Said::Pass => Outcome::Pass,
                Said::NotApplicable | Said::ForTheRunning => Outcome::NotApplicable,
                Said::Error(_) => Outcome::Error,
            };
            *into.tallies[index].entry(outcome).or_default() += 1;
            let is_kept = self.options.keep.contains(&outcome);
            if !is_kept && outcome != Outcome::Pass {
                continue;
            }
            let rules = policy.rules(set)?;
            let kind = kind_of_evidence(rules, linked);
            if outcome == Outcome::Pass && kind == EvidenceKind::Declared {
                into.declared[index] += 1;
            }
            if matches!(outcome, Outcome::Pass | Outcome::Fail) {
                if !std::mem::replace(&mut is_entered, true) {
                    self.ledger.enter(linked);
                }
                let measured = if kind == EvidenceKind::Measured { measured_days(rules, linked) } else { None };
                self.ledger.add(index, kind, measured);
            }
            if is_kept {
                let (message, mut evidence) = words(said, policy, rules, linked, value);
                evidence.kind = kind;
                let severity = severity_of(policy, pattern, only_warns);
                let fix = if outcome == Outcome::Fail {
                    policy.fix(self.filled.entry(index).or_default(), &evidence, value)
                } else {
                    None
                };
                into.verdicts.push(Verdict { policy: index, resource: at, outcome, severity, message, evidence, fix });
            }
        }
        // Its room is used again.
        self.input = input;
        Ok(())
    }

    fn ask(&mut self, index: usize, policy: &Policy, input: &Input) -> Result<Said, PolicyError> {
        let slot = &mut self.compiled[index];
        let compiled = match slot {
            Some(compiled) => compiled,
            None => slot.insert(Compiled::new(policy, self.set, self.options.backend)?),
        };
        compiled.begin();
        let rules = policy.rules(self.set)?;
        Ok(built_in::derive(compiled, rules, input).unwrap_or_else(Said::Error))
    }
}

/// The severity of a verdict. A policy of another tool whose rules only warn is low.
fn severity_of(policy: &Policy, pattern: Option<Pattern>, only_warns: bool) -> Severity {
    let stated = policy.severity(pattern).or_else(|| policy.severity(None)).unwrap_or(Severity::Low);
    if only_warns && policy.header.is_made_up { stated.min(Severity::Low) } else { stated }
}

/// How it is known what a policy says of a resource. One fact that is only declared makes all of it declared.
fn kind_of_evidence(rules: &Rules, linked: Linked<'_>) -> EvidenceKind {
    let resource = linked.resource;
    let joined = linked.joined().and_then(|joined| joined.declared.known());
    let rests_on_code = joined.into_iter().flatten().any(|fact| rules.joined.contains(fact));
    if resource.is_declared() || resource.is_planned() || rests_on_code {
        EvidenceKind::Declared
    } else if rules.of_a_measurement {
        EvidenceKind::Measured
    } else {
        EvidenceKind::Observed
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
