//! What terms come to.

use regorus::Value;
use regorus::unstable::{ArithOp, BinOp, BoolOp};

use super::super::builtins;
use super::super::plan::{Collected, Comprehension, Term};
use super::super::value::{Doubt, Partial, PartialSet, Truth};
use super::objects::Members;
use super::{Answer, Fault, Frame, Machine};

impl<'p> Machine<'p> {
    pub(super) fn value(&mut self, term: &'p Term, frame: &mut Frame) -> Answer<Option<Partial>> {
        self.tick()?;
        Ok(match term {
            Term::Constant(value) => Some(Partial::Known(value.clone())),
            Term::Name(slot) => frame.get(*slot).cloned().flatten(),
            Term::Input => Some(self.world.input.clone()),
            Term::Base => Some(self.world.base.clone()),
            Term::Rule(rule) => self.rule(*rule)?,
            Term::Tree(tree) => Some(self.tree(*tree)?),
            Term::Step(of, key) => {
                // What may be missing makes what is below it missing, which is the doubt that counts.
                let Some(of) = self.value(of, frame)? else { return Ok(None) };
                let Some(key) = self.term(key, frame)? else { return Ok(None) };
                of.step(&key)
            }
            Term::Array(items) => {
                let Some(items) = self.terms(items, frame)? else { return Ok(None) };
                let array = Partial::array(items, None);
                self.weigh(&array)?;
                Some(array)
            }
            Term::Set(items) => {
                let Some(items) = self.terms(items, frame)? else { return Ok(None) };
                let mut set = PartialSet::default();
                items.iter().try_for_each(|item| self.weigh(item))?;
                items.into_iter().for_each(|item| set.add(item));
                Some(set.finish())
            }
            Term::Object(members) => {
                let mut object = Members::default();
                for (key, member) in members {
                    let Some(key) = self.term(key, frame)? else { return Ok(None) };
                    let Some(member) = self.term(member, frame)? else { return Ok(None) };
                    object.add(key, member)?;
                }
                let object = object.finish();
                self.weigh(&object)?;
                Some(object)
            }
            Term::Comprehension(comprehension) => Some(self.comprehension(comprehension, frame)?),
            Term::Call(rule, arguments) => {
                let Some(arguments) = self.terms(arguments, frame)? else { return Ok(None) };
                self.call(*rule, &arguments)?
            }
            Term::Builtin(builtin, arguments) => {
                let Some(arguments) = self.terms(arguments, frame)? else { return Ok(None) };
                let unset = self.limits.null_is_unset && arguments.iter().any(has_null);
                let value = match builtins::call(builtin, arguments) {
                    // Of this one OPA says that nothing contains null.
                    Err(Fault::Error(_)) if unset && builtin.name != "net.cidr_contains_matches" => return Ok(None),
                    value => value?,
                };
                value.iter().try_for_each(|value| self.weigh(value))?;
                value
            }
            Term::Compare(op, sides) => {
                let Some((one, two)) = self.pair(sides, frame)? else { return Ok(None) };
                Some(compare(op, &one, &two).value())
            }
            Term::Arithmetic(op, sides) => {
                let Some((one, two)) = self.pair(sides, frame)? else { return Ok(None) };
                self.unless_unset(&[&one, &two]).map_or_else(|| arithmetic(op, one, two), |()| Ok(None))?
            }
            Term::Sets(op, sides) => {
                let Some((one, two)) = self.pair(sides, frame)? else { return Ok(None) };
                self.unless_unset(&[&one, &two]).map_or_else(|| sets(op, one, two), |()| Ok(None))?
            }
            Term::Negative(of) => {
                let Some(of) = self.term(of, frame)? else { return Ok(None) };
                self.unless_unset(&[&of])
                    .map_or_else(|| arithmetic(&ArithOp::Sub, Partial::Known(Value::from(0)), of), |()| Ok(None))?
            }
            Term::In { key, value, over } => {
                let key = match key {
                    Some(key) => {
                        let Some(key) = self.term(key, frame)? else { return Ok(None) };
                        Some(key)
                    }
                    None => None,
                };
                let Some(value) = self.term(value, frame)? else { return Ok(None) };
                let Some(over) = self.term(over, frame)? else { return Ok(None) };
                Some(self.is_in(key.as_ref(), &value, &over, frame)?.value())
            }
        })
    }

    /// Whether one of the sides is null where null is what is not set, so that there is no value.
    fn unless_unset(&self, sides: &[&Partial]) -> Option<()> {
        let is_null = |side: &&Partial| matches!(side, Partial::Known(Value::Null));
        (self.limits.null_is_unset && sides.iter().any(is_null)).then_some(())
    }

    fn terms(&mut self, terms: &'p [Term], frame: &mut Frame) -> Answer<Option<Vec<Partial>>> {
        let mut values = Vec::with_capacity(terms.len());
        for term in terms {
            let Some(value) = self.term(term, frame)? else { return Ok(None) };
            values.push(value);
        }
        Ok(Some(values))
    }

    fn pair(&mut self, sides: &'p (Term, Term), frame: &mut Frame) -> Answer<Option<(Partial, Partial)>> {
        let Some(one) = self.term(&sides.0, frame)? else { return Ok(None) };
        let Some(two) = self.term(&sides.1, frame)? else { return Ok(None) };
        Ok(Some((one, two)))
    }

    /// Whether something is among the elements of a collection.
    fn is_in(&mut self, key: Option<&Partial>, value: &Partial, over: &Partial, frame: &mut Frame) -> Answer<Truth> {
        if let (None, Some(member), Partial::Known(Value::Set(members))) = (key, value.known(), over) {
            return Ok(Truth::of(members.contains(member)));
        }
        let (mut is, mut maybe) = (false, None);
        self.apart(|machine| {
            machine.each(over, frame, &mut |machine, _, name, item| {
                let same = key.map_or(Truth::True, |key| key.equals(&name));
                match (same, value.equals(&item)) {
                    (Truth::False, _) | (_, Truth::False) => {}
                    (Truth::True, Truth::True) if machine.doubt.is_none() => {
                        is = true;
                        return Err(Fault::Enough);
                    }
                    (one, two) => {
                        for truth in [one, two] {
                            if let Truth::Doubtful(doubt) = truth {
                                Doubt::add(&mut maybe, &doubt);
                            }
                        }
                        Doubt::join(&mut maybe, &machine.doubt);
                    }
                }
                Ok(())
            })
        })?;
        Ok(if is { Truth::True } else { Truth::False.unless(maybe) })
    }

    fn comprehension(&mut self, comprehension: &'p Comprehension, frame: &mut Frame) -> Answer<Partial> {
        let (mut items, mut set, mut members) = (Vec::new(), PartialSet::default(), Members::default());
        let (mut more, mut clash) = (None, None);
        let Comprehension { kind, body, key, value } = comprehension;
        let stray = self.solutions(body, frame, &mut |machine, frame| {
            let name = match key {
                Some(key) => machine.term(key, frame)?,
                None => None,
            };
            if key.is_some() && name.is_none() {
                return Ok(());
            }
            let Some(value) = machine.term(value, frame)? else { return Ok(()) };
            match (&machine.doubt, kind) {
                (Some(doubt), Collected::Object) => {
                    // Several members may have one key, which is an error unless they are the same.
                    if machine.many && value.known().is_none() {
                        Doubt::add(&mut clash, doubt);
                    }
                    members.maybe(name, doubt);
                }
                (Some(doubt), _) => Doubt::add(&mut more, doubt),
                (None, Collected::Array) => items.push(value),
                (None, Collected::Set) => set.add(value),
                (None, Collected::Object) => {
                    if let Some(name) = name {
                        members.add(name, value)?;
                    }
                }
            }
            Ok(())
        })?;
        if let Some(clash) = clash {
            return Ok(Partial::unsure(clash));
        }
        Doubt::join(&mut more, &stray);
        Ok(match kind {
            Collected::Array => Partial::array(items, more),
            Collected::Set => {
                Doubt::join(&mut set.more, &more);
                set.finish()
            }
            Collected::Object => {
                Doubt::join(&mut members.more, &more);
                members.finish()
            }
        })
    }
}

/// It is null, or has null among what it holds.
fn has_null(argument: &Partial) -> bool {
    let is_null = |value: &Value| *value == Value::Null;
    match argument {
        Partial::Known(Value::Null) => true,
        Partial::Known(Value::Array(items)) => items.iter().any(is_null),
        Partial::Known(Value::Set(members)) => members.contains(&Value::Null),
        Partial::Known(Value::Object(members)) => members.iter().any(|(_, value)| is_null(value)),
        Partial::Array(items, _) => items.iter().any(has_null),
        _ => false,
    }
}

fn compare(op: &BoolOp, one: &Partial, two: &Partial) -> Truth {
    match op {
        BoolOp::Eq => return one.equals(two),
        BoolOp::Ne => return one.equals(two).negated(),
        _ => {}
    }
    let holds = |one: &Value, two: &Value| {
        let order = builtins::order::order(one, two);
        match op {
            BoolOp::Lt => order.is_lt(),
            BoolOp::Le => order.is_le(),
            BoolOp::Ge => order.is_ge(),
            _ => order.is_gt(),
        }
    };
    let doubtful = || Truth::Doubtful(one.doubt().and(&two.doubt()));
    match (one, two) {
        (Partial::Known(one), Partial::Known(two)) => Truth::of(holds(one, two)),
        // Greater than what it is at least greater than.
        (Partial::AtLeast(least, _), Partial::Known(other @ Value::Number(_))) => {
            let least = Value::from(*least);
            match op {
                BoolOp::Gt | BoolOp::Ge if holds(&least, other) => Truth::True,
                BoolOp::Lt | BoolOp::Le if !holds(&least, other) => Truth::False,
                _ => doubtful(),
            }
        }
        (Partial::Known(other @ Value::Number(_)), Partial::AtLeast(least, _)) => {
            let least = Value::from(*least);
            match op {
                BoolOp::Lt | BoolOp::Le if holds(other, &least) => Truth::True,
                BoolOp::Gt | BoolOp::Ge if !holds(other, &least) => Truth::False,
                _ => doubtful(),
            }
        }
        _ => doubtful(),
    }
}

/// What cannot be told, and may be an error.
fn unsure(one: &Partial, two: &Partial) -> Option<Partial> {
    Some(Partial::unsure(one.doubt().and(&two.doubt())))
}

fn arithmetic(op: &ArithOp, one: Partial, two: Partial) -> Answer<Option<Partial>> {
    if let ArithOp::Sub = op
        && (is_set(&one) || is_set(&two))
    {
        return difference(one, two);
    }
    let (Partial::Known(a), Partial::Known(b)) = (&one, &two) else { return Ok(unsure(&one, &two)) };
    let value = builtins::arithmetic(op, a, b).map_err(Fault::Error)?;
    Ok(Some(Partial::Known(value)))
}

const fn is_set(value: &Partial) -> bool {
    matches!(value, Partial::Set(_) | Partial::Known(Value::Set(_)))
}

/// The parts of a set that is known, or known in part.
fn parts(value: Partial) -> Result<PartialSet, Partial> {
    match value {
        Partial::Set(set) => Ok(set),
        Partial::Known(Value::Set(set)) => {
            Ok(PartialSet { known: set.iter().cloned().collect(), unknown_member: false, more: None })
        }
        other => Err(other),
    }
}

fn difference(one: Partial, two: Partial) -> Answer<Option<Partial>> {
    match (parts(one), parts(two)) {
        (Ok(one), Ok(two)) => {
            let mut left: PartialSet = PartialSet { more: one.more.clone(), ..PartialSet::default() };
            for member in one.known.into_iter().filter(|member| !two.known.contains(member)) {
                match &two.more {
                    // It may be among those that are taken away.
                    Some(more) => Doubt::add(&mut left.more, more),
                    None => left.add(Partial::Known(member)),
                }
            }
            Ok(Some(left.finish()))
        }
        (one, two) => no_sets("-", one, two),
    }
}

fn sets(op: &BinOp, one: Partial, two: Partial) -> Answer<Option<Partial>> {
    let (one, two) = match (parts(one), parts(two)) {
        (Ok(one), Ok(two)) => (one, two),
        (one, two) => return no_sets(if matches!(op, BinOp::Union) { "|" } else { "&" }, one, two),
    };
    let mut more = None;
    Doubt::join(&mut more, one.more.iter().chain(&two.more));
    let set = match op {
        BinOp::Union => PartialSet {
            known: one.known.into_iter().chain(two.known).collect(),
            unknown_member: one.unknown_member || two.unknown_member,
            more,
        },
        BinOp::Intersection => {
            // Nothing is common to a set and one that has nothing.
            let is_empty = |set: &PartialSet| set.known.is_empty() && set.more.is_none();
            let more = if is_empty(&one) || is_empty(&two) { None } else { more };
            let known = one.known.into_iter().filter(|member| two.known.contains(member)).collect();
            PartialSet { known, unknown_member: false, more }
        }
    };
    Ok(Some(set.finish()))
}

fn no_sets(sign: &str, one: Result<PartialSet, Partial>, two: Result<PartialSet, Partial>) -> Answer<Option<Partial>> {
    let back = |side: Result<PartialSet, Partial>| side.map_or_else(|other| other, PartialSet::finish);
    let (one, two) = (back(one), back(two));
    if one.known().is_some() && two.known().is_some() {
        return Err(Fault::Error(format!("'{sign}' is for two sets or two numbers")));
    }
    Ok(unsure(&one, &two))
}
