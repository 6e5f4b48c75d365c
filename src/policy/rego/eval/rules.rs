//! What rules and functions come to.

use std::collections::BTreeMap;

use regorus::Value;

use super::super::plan::{Branch, Definition, RuleId, RuleKind, TreeId};
use super::super::value::{Doubt, Partial, PartialSet, Truth};
use super::objects::Branching;
use super::outcome::Outcome;
use super::{Answer, Fault, Frame, Machine};

/// Calls of functions whose results are kept.
const MOST_CALLS: usize = 10_000;

/// One value that a definition gives.
struct Given {
    value: Partial,
    /// It gives it only if these facts are as they may be.
    doubt: Option<Doubt>,
    /// It may give several.
    many: bool,
}

impl<'p> Machine<'p> {
    /// The value of a rule without arguments, once for each input.
    pub(super) fn rule(&mut self, rule: RuleId) -> Answer<Option<Partial>> {
        if let Some((_, value)) = self.world.replaced.iter().rev().find(|(replaced, _)| *replaced == rule) {
            return Ok(Some(value.clone()));
        }
        let outcome = match self.world.known.get(&rule) {
            Some(outcome) => outcome.clone(),
            None => {
                if self.running.contains(&rule) {
                    return Err(self.recursion(rule));
                }
                self.running.push(rule);
                let outcome = self.outcome(rule, &[]);
                self.running.pop();
                let outcome = outcome?;
                outcome.value.iter().try_for_each(|value| self.weigh(value))?;
                self.world.known.insert(rule, outcome.clone());
                outcome
            }
        };
        Ok(self.taken(outcome))
    }

    /// The value of an outcome. Where it may be missing, what hangs on it does, too.
    fn taken(&mut self, outcome: Outcome) -> Option<Partial> {
        match outcome {
            Outcome { value: None, missing: Some(doubt) } => Some(Partial::unsure(doubt)),
            Outcome { value, missing } => {
                Doubt::join(&mut self.doubt, &missing);
                value
            }
        }
    }

    fn recursion(&self, rule: RuleId) -> Fault {
        let name = self.program.rules.get(rule).map_or("", |rule| rule.name.as_str());
        Fault::Limit(format!("'{name}' needs itself"))
    }

    /// A function's value for these arguments.
    pub(super) fn call(&mut self, rule: RuleId, arguments: &[Partial]) -> Answer<Option<Partial>> {
        // `of_type("aws_s3_bucket")` goes through a whole plan, and is asked once for every bucket.
        let scalar = |argument: &Partial| match argument {
            Partial::Known(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null)) => {
                Some(value.clone())
            }
            _ => None,
        };
        let key = arguments.iter().map(scalar).collect::<Option<Vec<_>>>().map(|arguments| (rule, arguments));
        if let Some(outcome) = key.as_ref().and_then(|key| self.world.called.get(key)) {
            let outcome = outcome.clone();
            return Ok(self.taken(outcome));
        }
        let outcome = self.outcome(rule, arguments)?;
        outcome.value.iter().try_for_each(|value| self.weigh(value))?;
        if let Some(key) = key.filter(|_| self.world.called.len() < MOST_CALLS) {
            self.world.called.insert(key, outcome.clone());
        }
        Ok(self.taken(outcome))
    }

    fn outcome(&mut self, rule: RuleId, arguments: &[Partial]) -> Answer<Outcome> {
        let Some(rule) = self.program.rules.get(rule) else { return Ok(Outcome::default()) };
        match rule.kind {
            RuleKind::Complete | RuleKind::Function(_) => {
                let mut given = Vec::new();
                for definition in &rule.definitions {
                    let stray = self.definition(definition, arguments, &mut |_, value, machine, _| {
                        given.push(Given { value, doubt: machine.doubt.clone(), many: machine.many });
                        Ok(true)
                    })?;
                    let error = |stray: Doubt| (Partial::unknown(stray.clone()), Some(stray));
                    given.extend(stray.map(error).map(|(value, doubt)| Given { value, doubt, many: true }));
                }
                let mut outcome = one_value(given).map_err(|()| {
                    let at =
                        rule.definitions.first().map_or_else(String::new, |definition| format!("{}: ", definition.at));
                    Fault::Error(format!("{at}'{}' has two values at once", last(&rule.name)))
                })?;
                if let Some(default) = &rule.default
                    && (outcome.value.is_none() || outcome.missing.is_some())
                {
                    let mut instead = None;
                    self.definition(default, arguments, &mut |_, value, _, _| {
                        instead = Some(value);
                        Ok(true)
                    })?;
                    outcome = or_default(outcome, instead);
                }
                Ok(outcome)
            }
            RuleKind::Set => {
                let mut set = PartialSet::default();
                for definition in &rule.definitions {
                    let stray = self.definition(definition, arguments, &mut |_, value, machine, _| {
                        match &machine.doubt {
                            None => set.add(value),
                            Some(doubt) => Doubt::add(&mut set.more, doubt),
                        }
                        Ok(true)
                    })?;
                    Doubt::join(&mut set.more, &stray);
                }
                Ok(Outcome { value: Some(set.finish()), missing: None })
            }
            RuleKind::Object => {
                let (mut object, mut clash) = (Branching::default(), None);
                for definition in &rule.definitions {
                    let stray = self.definition(definition, arguments, &mut |branch, value, machine, frame| {
                        let mut keys = Vec::with_capacity(branch.keys.len());
                        for key in &branch.keys {
                            let Some(key) = machine.term(key, frame)? else { return Ok(false) };
                            keys.push(key);
                        }
                        if machine.many && !branch.is_member && value.known().is_none() {
                            Doubt::join(&mut clash, &machine.doubt);
                        }
                        object.add(&keys, branch.is_member, value, machine.doubt.as_ref())?;
                        Ok(true)
                    })?;
                    Doubt::join(&mut object.more, &stray);
                }
                object.is_certain = true;
                if let Some(clash) = clash {
                    return Ok(Outcome { value: None, missing: Some(clash) });
                }
                Ok(Outcome { value: Some(object.finish()?), missing: None })
            }
        }
    }

    /// Runs the branches of a definition until one gives a value for certain. `give` takes a value, or says that it is
    /// none after all. The answer: what may be given besides.
    pub(super) fn definition(
        &mut self,
        definition: &'p Definition,
        arguments: &[Partial],
        give: &mut dyn FnMut(&'p Branch, Partial, &mut Self, &mut Frame) -> Answer<bool>,
    ) -> Answer<Option<Doubt>> {
        let mut frame: Frame = vec![None; definition.slots];
        let mut all = None;
        // An earlier branch that may hold puts the later ones in doubt.
        let mut earlier: Option<Doubt> = None;
        for branch in &definition.branches {
            let (mut certain, mut maybe) = (false, None);
            let pairs: Vec<_> = definition.arguments.iter().zip(arguments.iter().cloned()).collect();
            let before = earlier.clone();
            let stray = self.bound(&pairs, branch, &mut frame, &mut |machine, frame| {
                let path = machine.doubt.clone();
                Doubt::join(&mut machine.doubt, &before);
                if let Some(value) = machine.term(&branch.value, frame)?
                    && give(branch, value, machine, frame)?
                {
                    match &path {
                        None => certain = true,
                        Some(doubt) => Doubt::add(&mut maybe, doubt),
                    }
                }
                machine.doubt = path;
                Ok(())
            });
            let stray = stray.map_err(|fault| fault.at(&definition.at))?;
            Doubt::join(&mut all, &stray);
            if certain {
                break;
            }
            Doubt::join(&mut earlier, maybe.iter().chain(&stray));
        }
        Ok(all)
    }

    /// The solutions of a branch with the arguments in their places.
    fn bound(
        &mut self,
        pairs: &[(&'p super::Pattern, Partial)],
        branch: &'p Branch,
        frame: &mut Frame,
        then: &mut dyn FnMut(&mut Self, &mut Frame) -> Answer<()>,
    ) -> Answer<Option<Doubt>> {
        if pairs.is_empty() {
            return self.solutions(&branch.body, frame, then);
        }
        self.solutions(&[], frame, &mut |machine, frame| {
            machine.match_rest(pairs, frame, &mut |machine, frame| machine.query(&branch.body, frame, then))
        })
    }

    /// A part of `data` with all that the rules below come to.
    pub(super) fn tree(&mut self, tree: TreeId) -> Answer<Partial> {
        let Some(node) = self.program.tree.get(tree) else { return Ok(Partial::Known(Value::new_object())) };
        let mut base = Some(self.world.base.clone());
        for name in &node.path {
            base = base.and_then(|base| base.step(&Partial::Known(Value::from(name.as_str()))));
        }
        let (mut members, more) = match base {
            Some(Partial::Unknown { doubt, .. }) => (BTreeMap::new(), Some(doubt)),
            base => base.and_then(|base| base.members()).unwrap_or_default(),
        };
        for (name, child) in &node.children {
            let rule = self.program.tree.get(*child).and_then(|child| child.rule);
            let is_function = |rule: RuleId| {
                self.program.rules.get(rule).is_some_and(|rule| matches!(rule.kind, RuleKind::Function(_)))
            };
            let value = match rule {
                Some(rule) if is_function(rule) => None,
                Some(rule) => {
                    let outer = self.doubt.take();
                    let value = self.rule(rule);
                    let missing = std::mem::replace(&mut self.doubt, outer);
                    match (value?, missing) {
                        (Some(_), Some(doubt)) => Some(Partial::unsure(doubt)),
                        (value, _) => value,
                    }
                }
                None => Some(self.tree(*child)?),
            };
            if let Some(value) = value {
                members.insert(Value::from(name.as_str()), value);
            }
        }
        Ok(Partial::object(members, more))
    }

    /// Whether a rule holds of what is known, as if the rest were not there.
    pub(crate) fn holds_of_the_known(&mut self, rule: RuleId, known: Value) -> Answer<bool> {
        let input = std::mem::replace(&mut self.world.input, Partial::Known(known));
        let before = (std::mem::take(&mut self.world.known), std::mem::take(&mut self.world.called));
        let truth = self.holds(rule);
        self.world.input = input;
        (self.world.known, self.world.called) = before;
        Ok(truth? == Truth::True)
    }

    /// The value of a rule, and the facts on which it hangs whether there is one.
    pub(crate) fn of(&mut self, rule: RuleId) -> Answer<(Option<Partial>, Option<Doubt>)> {
        self.begin();
        let value = self.rule(rule)?;
        Ok((value, self.doubt.take()))
    }

    /// Whether a rule holds.
    pub(crate) fn holds(&mut self, rule: RuleId) -> Answer<Truth> {
        self.begin();
        let value = self.rule(rule)?;
        if let Some(Partial::Known(value)) = &value
            && !matches!(value, Value::Bool(_))
        {
            let name = self.program.rules.get(rule).map_or("", |rule| rule.name.as_str());
            return Err(Fault::Error(format!("'{name}' has to be true or false, and is {value}")));
        }
        Ok(match (value.map_or(Truth::False, |value| value.truth()), self.doubt.take()) {
            (Truth::True, Some(doubt)) => Truth::Doubtful(doubt),
            (Truth::Doubtful(one), Some(two)) => Truth::Doubtful(one.and(&two)),
            (truth, _) => truth,
        })
    }
}

/// The one value that all definitions give. The error: there are two.
fn one_value(given: Vec<Given>) -> Result<Outcome, ()> {
    let mut certain: Option<Partial> = None;
    let mut maybe: Option<(Option<Partial>, Doubt)> = None;
    let mut clash = None;
    for Given { value, doubt, many } in given {
        let Some(doubt) = doubt else {
            certain = Some(match certain {
                Some(before) => match before.equals(&value) {
                    Truth::True => before,
                    Truth::False => return Err(()),
                    Truth::Doubtful(doubt) => Partial::unknown(doubt),
                },
                None => value,
            });
            continue;
        };
        if many && value.known().is_none() {
            Doubt::add(&mut clash, &doubt);
        }
        maybe = Some(match maybe {
            Some((Some(before), all)) if before.equals(&value) == Truth::True => (Some(before), all.and(&doubt)),
            Some((before, all)) => {
                let all = before.map_or_else(|| all.clone(), |before| all.and(&before.doubt()));
                (None, all.and(&doubt).and(&value.doubt()))
            }
            None => (Some(value), doubt),
        });
    }
    if let Some(clash) = clash {
        // There may be two values, which is an error.
        return Ok(Outcome { value: None, missing: Some(clash) });
    }
    Ok(match (certain, maybe) {
        (certain, None) => Outcome { value: certain, missing: None },
        (None, Some((value, doubt))) => Outcome { value, missing: Some(doubt) },
        (Some(certain), Some((Some(value), _))) if certain.equals(&value) == Truth::True => {
            Outcome { value: Some(certain), missing: None }
        }
        // If it is given, there are two values, which is an error.
        (Some(certain), Some((_, doubt))) => {
            Outcome { value: Some(Partial::unknown(certain.doubt().and(&doubt))), missing: None }
        }
    })
}

fn or_default(outcome: Outcome, default: Option<Partial>) -> Outcome {
    match (outcome.missing, outcome.value, default) {
        (None, None, default) => Outcome { value: default, missing: None },
        (Some(_), Some(value), Some(default)) if value.equals(&default) == Truth::True => {
            Outcome { value: Some(value), missing: None }
        }
        (Some(doubt), Some(value), _) => {
            Outcome { value: Some(Partial::unknown(doubt.and(&value.doubt()))), missing: None }
        }
        (Some(doubt), None, _) => Outcome { value: None, missing: Some(doubt) },
        (None, value, _) => Outcome { value, missing: None },
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
