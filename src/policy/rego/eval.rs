//! Runs rules over a value that is known in part.
//!
//! Every solution of a body is certain, or hangs on facts that are not known. What a rule comes to says which: so no
//! verdict rests on ignorance, whatever way a rule takes to a fact.

mod answer;
mod collections;
mod findings;
mod objects;
mod outcome;
mod rules;
mod terms;

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use regorus::Value;

use super::plan::{Pattern, Program, Replaced, RuleId, Step, Term};
use super::value::{Doubt, Partial, Truth, weight};
pub(crate) use answer::{Answer, Fault};
pub(crate) use findings::Findings;
use outcome::Outcome;

const MAX_DEPTH: usize = 2_000;

/// Bounds on what is asked of one input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    steps: u64,
    time: Duration,
    /// Parts of a value that is made.
    weight: u32,
    /// What a builtin cannot do with null is undefined, as OPA has it: Terraform writes null for all that is not set.
    null_is_unset: bool,
}

impl Limits {
    /// A rule of a real policy needs some hundred steps for one resource.
    pub(crate) const RESOURCE: Self =
        Self { steps: 5_000_000, time: Duration::from_secs(5), weight: 1_000_000, null_is_unset: false };
    /// A plan has ten thousand resources at most, and a rule may lay each beside each.
    pub(crate) const PLAN: Self =
        Self { steps: 1_000_000_000, time: Duration::from_secs(60), weight: 50_000_000, null_is_unset: true };
}

/// Values of the local names.
type Frame = Vec<Option<Partial>>;

/// What to do for every solution.
type Then<'t, 'p> = &'t mut dyn FnMut(&mut Machine<'p>, &mut Frame) -> Answer<()>;

/// What the rules see.
#[derive(Clone, Debug)]
struct World {
    input: Partial,
    base: Partial,
    replaced: Vec<(RuleId, Partial)>,
    /// What rules came to.
    known: HashMap<RuleId, Outcome>,
    /// What functions came to, by their arguments.
    called: BTreeMap<(RuleId, Vec<Value>), Outcome>,
}

/// Answers questions about one input.
pub(crate) struct Machine<'p> {
    program: &'p Program,
    world: World,
    /// The solution that is being looked at holds only if these facts are as it takes them to be.
    doubt: Option<Doubt>,
    /// The solution stands for any number of them: it goes through a collection that is not known.
    many: bool,
    /// Solutions that may be there and could not be followed: they would end in an error.
    stray: Option<Doubt>,
    /// Rules that are being run.
    running: Vec<RuleId>,
    depth: usize,
    steps: u64,
    until: Option<Instant>,
    limits: Limits,
}

impl<'p> Machine<'p> {
    /// `base` is what stands below `data` that is no rule.
    pub(crate) fn new(program: &'p Program, base: Value) -> Self {
        let world = World {
            input: Partial::Known(Value::new_object()),
            base: Partial::Known(base),
            replaced: Vec::new(),
            known: HashMap::new(),
            called: BTreeMap::new(),
        };
        Self {
            program,
            world,
            doubt: None,
            many: false,
            stray: None,
            running: Vec::new(),
            depth: 0,
            steps: 0,
            until: None,
            limits: Limits::RESOURCE,
        }
    }

    pub(crate) fn set_input(&mut self, input: Partial, limits: Limits) {
        self.limits = limits;
        self.world.input = input;
        self.world.known.clear();
        self.world.called.clear();
        self.world.replaced.clear();
    }

    /// Readies it for a question: what an error left behind is forgotten.
    fn begin(&mut self) {
        (self.doubt, self.stray, self.depth, self.steps, self.many) = (None, None, 0, 0, false);
        self.running.clear();
        self.until = Some(Instant::now() + self.limits.time);
    }

    fn tick(&mut self) -> Answer<()> {
        self.steps += 1;
        if self.steps > self.limits.steps {
            return Err(Fault::Limit(format!("the policy takes more than {} steps", self.limits.steps)));
        }
        if self.steps.is_multiple_of(4096) && self.until.is_some_and(|until| Instant::now() > until) {
            return Err(Fault::Limit(format!("the policy takes more than {} s", self.limits.time.as_secs())));
        }
        Ok(())
    }

    /// Values may share parts, and be far greater than what was done to make them. Such a one would take for ever to be
    /// compared or written.
    fn weigh(&mut self, value: &Partial) -> Answer<()> {
        let mut left = self.limits.weight;
        let fits = match value {
            Partial::Known(value) => weight(value, &mut left),
            other => other.weight(&mut left),
        };
        self.steps += u64::from(self.limits.weight - left) / 64;
        if fits { Ok(()) } else { Err(Fault::Limit(format!("a value has more than {} parts", self.limits.weight))) }
    }

    /// Does something of its own, whose doubts are not those of the solution that is looked at.
    fn apart(&mut self, run: impl FnOnce(&mut Self) -> Answer<()>) -> Answer<()> {
        let (doubt, many) = (self.doubt.take(), std::mem::take(&mut self.many));
        let result = run(self);
        (self.doubt, self.many) = (doubt, many);
        match result {
            Err(Fault::Enough) => Ok(()),
            result => result,
        }
    }

    /// Every solution of a body, and what may be solutions that could not be followed.
    fn solutions(&mut self, body: &'p [Step], frame: &mut Frame, then: Then<'_, 'p>) -> Answer<Option<Doubt>> {
        let stray = self.stray.take();
        let result = self.apart(|machine| machine.query(body, frame, then));
        let mine = std::mem::replace(&mut self.stray, stray);
        result.map(|()| mine)
    }

    fn query(&mut self, steps: &'p [Step], frame: &mut Frame, then: Then<'_, 'p>) -> Answer<()> {
        self.tick()?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::Limit("the policy is nested too deeply".to_owned()));
        }
        let (before, many) = (self.doubt.clone(), self.many);
        let result = match steps.split_first() {
            None => then(self, frame),
            Some((step, rest)) => self.step(step, frame, &mut |machine, frame| machine.query(rest, frame, then)),
        };
        self.depth -= 1;
        let result = match (result, &self.doubt) {
            // Whether it comes to this error nobody knows.
            (Err(Fault::Error(_)), Some(doubt)) => {
                Doubt::add(&mut self.stray, doubt);
                Ok(())
            }
            (result, _) => result,
        };
        (self.doubt, self.many) = (before, many);
        result
    }

    /// Whether a body has a solution.
    fn exists(&mut self, body: &'p [Step], frame: &mut Frame) -> Answer<Truth> {
        let (mut certain, mut maybe) = (false, None);
        let stray = self.solutions(body, frame, &mut |machine, _| match &machine.doubt {
            None => {
                certain = true;
                Err(Fault::Enough)
            }
            Some(doubt) => {
                Doubt::add(&mut maybe, doubt);
                Ok(())
            }
        })?;
        Doubt::join(&mut maybe, &stray);
        Ok(if certain { Truth::True } else { Truth::False.unless(maybe) })
    }

    /// Goes on if that is true, and doubtfully if it is not known.
    fn go_on(&mut self, truth: Truth, frame: &mut Frame, then: Then<'_, 'p>) -> Answer<()> {
        match truth {
            Truth::True => then(self, frame),
            Truth::False => Ok(()),
            Truth::Doubtful(doubt) => self.doubtfully(&doubt, frame, then),
        }
    }

    fn doubtfully(&mut self, doubt: &Doubt, frame: &mut Frame, then: Then<'_, 'p>) -> Answer<()> {
        let before = self.doubt.clone();
        Doubt::add(&mut self.doubt, doubt);
        let result = then(self, frame);
        if result.is_ok() {
            self.doubt = before;
        }
        result
    }

    fn step(&mut self, step: &'p Step, frame: &mut Frame, then: Then<'_, 'p>) -> Answer<()> {
        match step {
            Step::Holds(term) => match self.term(term, frame)? {
                Some(value) => self.go_on(value.truth(), frame, then),
                None => Ok(()),
            },
            Step::Unify(pattern, term) => match self.term(term, frame)? {
                Some(value) => self.matches(pattern, value, frame, then),
                None => Ok(()),
            },
            Step::Each { key, value, over } => match self.term(over, frame)? {
                Some(collection) => self.each(&collection, frame, &mut |machine, frame, name, item| {
                    machine.matches(key, name, frame, &mut |machine, frame| {
                        machine.matches(value, item.clone(), frame, then)
                    })
                }),
                None => Ok(()),
            },
            Step::Walk { to, over } => match self.term(over, frame)? {
                Some(value) => self.walk(&mut Vec::new(), &value, frame, &mut |machine, frame, pair| {
                    machine.matches(to, pair, frame, then)
                }),
                None => Ok(()),
            },
            Step::Not(body) => {
                let truth = self.exists(body, frame)?.negated();
                self.go_on(truth, frame, then)
            }
            Step::Every { key, value, over, body } => match self.term(over, frame)? {
                Some(collection) => {
                    let truth = self.every(key, value, &collection, body, frame)?;
                    self.go_on(truth, frame, then)
                }
                None => Ok(()),
            },
            Step::With { what, body } => {
                let World { input, base, replaced, .. } = &self.world;
                let (input, base, replaced) = (input.clone(), base.clone(), replaced.clone());
                let mut inside = World { input, base, replaced, known: HashMap::new(), called: BTreeMap::new() };
                for (replaced, term) in what {
                    let Some(value) = self.term(term, frame)? else { return Ok(()) };
                    match replaced {
                        Replaced::Input(path) => inside.input = inside.input.put(path, value),
                        Replaced::Base(path) => inside.base = inside.base.put(path, value),
                        Replaced::Rule(rule) => inside.replaced.push((*rule, value)),
                    }
                }
                let outside = std::mem::replace(&mut self.world, inside);
                let mut outside = Some(outside);
                let result = self.query(body, frame, &mut |machine, frame| {
                    let Some(world) = outside.take() else { return Ok(()) };
                    let inside = std::mem::replace(&mut machine.world, world);
                    let result = then(machine, frame);
                    outside = Some(std::mem::replace(&mut machine.world, inside));
                    result
                });
                if let Some(world) = outside {
                    self.world = world;
                }
                result
            }
        }
    }

    /// Whether every element of a collection makes a body hold.
    fn every(
        &mut self,
        key: &'p Pattern,
        value: &'p Pattern,
        collection: &Partial,
        body: &'p [Step],
        frame: &mut Frame,
    ) -> Answer<Truth> {
        let (mut fails, mut maybe) = (false, None);
        match collection {
            Partial::Known(Value::Array(_) | Value::Object(_) | Value::Set(_))
            | Partial::Array(..)
            | Partial::Object(..)
            | Partial::Set(_) => {}
            // It may be null, and nothing is every one of that.
            Partial::Unknown { doubt, .. } => maybe = Some(doubt.clone()),
            Partial::Known(_) | Partial::AtLeast(..) | Partial::Text(..) => return Ok(Truth::False),
        }
        self.apart(|machine| {
            machine.each(collection, frame, &mut |machine, frame, name, item| {
                machine.matches(key, name, frame, &mut |machine, frame| {
                    machine.matches(value, item.clone(), frame, &mut |machine, frame| {
                        let there = machine.doubt.clone();
                        match (machine.exists(body, frame)?, there) {
                            (Truth::True, _) => Ok(()),
                            (Truth::False, None) => {
                                fails = true;
                                Err(Fault::Enough)
                            }
                            (Truth::False, there) => {
                                Doubt::join(&mut maybe, &there);
                                Ok(())
                            }
                            (Truth::Doubtful(doubt), there) => {
                                Doubt::join(&mut maybe, there.iter().chain([&doubt]));
                                Ok(())
                            }
                        }
                    })
                })
            })
        })?;
        Ok(if fails { Truth::False } else { Truth::True.unless(maybe) })
    }

    /// The value of a term, and `None` where it has none for certain.
    fn term(&mut self, term: &'p Term, frame: &mut Frame) -> Answer<Option<Partial>> {
        let value = self.value(term, frame)?;
        if let Some(Partial::Unknown { doubt, missing: true, node }) = value {
            Doubt::add(&mut self.doubt, &doubt);
            return Ok(Some(Partial::Unknown { doubt, missing: false, node }));
        }
        Ok(value)
    }
}

fn set(frame: &mut Frame, slot: usize, value: Option<Partial>) {
    if let Some(place) = frame.get_mut(slot) {
        *place = value;
    }
}
