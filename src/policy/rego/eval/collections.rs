//! Taking values apart, and going through collections of which parts are not known.

use regorus::Value;

use super::super::builtins::order;
use super::super::plan::Pattern;
use super::super::value::{Below, Doubt, Partial};
use super::{Answer, Frame, Machine, Then, set};

/// What to do for every element, with its key.
type ForEach<'t, 'p> = &'t mut dyn FnMut(&mut Machine<'p>, &mut Frame, Partial, Partial) -> Answer<()>;

impl<'p> Machine<'p> {
    /// Takes a value apart.
    pub(super) fn matches(
        &mut self,
        pattern: &'p Pattern,
        value: Partial,
        frame: &mut Frame,
        then: Then<'_, 'p>,
    ) -> Answer<()> {
        match pattern {
            Pattern::Any => then(self, frame),
            Pattern::Name(slot) => match frame.get(*slot).cloned().flatten() {
                Some(bound) => self.go_on(bound.equals(&value), frame, then),
                None => {
                    set(frame, *slot, Some(value));
                    let result = then(self, frame);
                    set(frame, *slot, None);
                    result
                }
            },
            Pattern::Value(term) => match self.term(term, frame)? {
                Some(wanted) => self.go_on(wanted.equals(&value), frame, then),
                None => Ok(()),
            },
            Pattern::Array(patterns) => {
                let unknown = |doubt: &Doubt| vec![Partial::unknown(doubt.clone()); patterns.len()];
                let (values, doubt) = match &value {
                    Partial::Known(Value::Array(items)) if items.len() == patterns.len() => {
                        (items.iter().cloned().map(Partial::Known).collect(), None)
                    }
                    Partial::Array(items, None) if items.len() == patterns.len() => (items.to_vec(), None),
                    Partial::Array(items, Some(more)) if items.len() <= patterns.len() => {
                        (unknown(&value.doubt()), Some(more.clone()))
                    }
                    Partial::Unknown { doubt, .. } => (unknown(doubt), Some(doubt.clone())),
                    _ => return Ok(()),
                };
                let pairs: Vec<_> = patterns.iter().zip(values).collect();
                self.match_all(&pairs, doubt, frame, then)
            }
            Pattern::Object(patterns) => {
                let doubt = match &value {
                    Partial::Known(Value::Object(members)) if members.len() == patterns.len() => None,
                    Partial::Object(members, more) => {
                        let there = members.values().filter(|member| member.is_there()).count();
                        if there > patterns.len() || (more.is_none() && members.len() < patterns.len()) {
                            return Ok(());
                        }
                        let mut doubt = more.clone();
                        let unsure = members.values().filter(|member| !member.is_there());
                        unsure.for_each(|member| Doubt::add(&mut doubt, &member.doubt()));
                        doubt
                    }
                    Partial::Unknown { doubt, .. } => Some(doubt.clone()),
                    _ => return Ok(()),
                };
                let mut pairs = Vec::with_capacity(patterns.len());
                for (key, pattern) in patterns {
                    let Some(member) = value.step(&Partial::Known(key.clone())) else { return Ok(()) };
                    pairs.push((pattern, member));
                }
                self.match_all(&pairs, doubt, frame, then)
            }
        }
    }

    fn match_all(
        &mut self,
        pairs: &[(&'p Pattern, Partial)],
        mut doubt: Option<Doubt>,
        frame: &mut Frame,
        then: Then<'_, 'p>,
    ) -> Answer<()> {
        for (_, value) in pairs {
            if let Partial::Unknown { doubt: missing, missing: true, .. } = value {
                Doubt::add(&mut doubt, missing);
            }
        }
        match doubt {
            None => self.match_rest(pairs, frame, then),
            Some(doubt) => self.doubtfully(&doubt, frame, &mut |machine, frame| machine.match_rest(pairs, frame, then)),
        }
    }

    pub(super) fn match_rest(
        &mut self,
        pairs: &[(&'p Pattern, Partial)],
        frame: &mut Frame,
        then: Then<'_, 'p>,
    ) -> Answer<()> {
        match pairs.split_first() {
            None => then(self, frame),
            Some(((pattern, value), rest)) => {
                self.matches(pattern, value.clone(), frame, &mut |machine, frame| machine.match_rest(rest, frame, then))
            }
        }
    }

    /// Every element, with its key: the index in an array, the element itself in a set.
    pub(super) fn each(&mut self, collection: &Partial, frame: &mut Frame, then: ForEach<'_, 'p>) -> Answer<()> {
        let known = |value: &Value| Partial::Known(value.clone());
        let unknown = |machine: &mut Self, frame: &mut Frame, doubt: &Doubt, then: ForEach<'_, 'p>| {
            let element = || Partial::unknown(doubt.clone());
            machine.many = true;
            machine.doubtfully(doubt, frame, &mut |machine, frame| then(machine, frame, element(), element()))
        };
        match collection {
            Partial::Known(Value::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    then(self, frame, Partial::Known(Value::from(at)), known(item))?;
                }
            }
            Partial::Known(Value::Object(members)) => {
                for (key, member) in members.iter_sorted() {
                    then(self, frame, known(key), known(member))?;
                }
            }
            Partial::Known(set_of @ Value::Set(members)) => {
                // OPA has objects before sets, and regorus has them behind.
                if members.iter().any(|member| matches!(member, Value::Array(_) | Value::Object(_) | Value::Set(_))) {
                    for member in order::sorted(set_of) {
                        then(self, frame, known(member), known(member))?;
                    }
                } else {
                    for member in members.iter_sorted() {
                        then(self, frame, known(member), known(member))?;
                    }
                }
            }
            Partial::Known(_) | Partial::AtLeast(..) | Partial::Text(..) => {}
            Partial::Unknown { doubt, node, .. } => match node.map(Below::of) {
                Some(Below::Nothing) => {}
                Some(Below::Members(members)) => {
                    for (name, node) in members {
                        let member = Partial::Unknown { doubt: doubt.clone(), missing: false, node: Some(*node) };
                        self.doubtfully(doubt, frame, &mut |machine, frame| {
                            then(machine, frame, Partial::Known(Value::from(name.as_str())), member.clone())
                        })?;
                    }
                }
                Some(Below::Items(node)) => {
                    let item = Partial::Unknown { doubt: doubt.clone(), missing: false, node: Some(node) };
                    self.many = true;
                    self.doubtfully(doubt, frame, &mut |machine, frame| {
                        // An index is a number, whichever it is.
                        then(machine, frame, Partial::AtLeast(0, doubt.clone()), item.clone())
                    })?;
                }
                Some(Below::Anything) | None => unknown(self, frame, doubt, then)?,
            },
            Partial::Array(items, more) => {
                for (at, item) in items.iter().enumerate() {
                    let at = more
                        .as_ref()
                        .map_or_else(|| Partial::Known(Value::from(at)), |more| Partial::AtLeast(0, more.clone()));
                    then(self, frame, at, item.clone())?;
                }
                more.iter().try_for_each(|more| unknown(self, frame, more, then))?;
            }
            Partial::Set(set) => {
                for member in &set.known {
                    then(self, frame, known(member), known(member))?;
                }
                if let Some(more) = &set.more {
                    if set.unknown_member {
                        then(self, frame, Partial::unknown(more.clone()), Partial::unknown(more.clone()))?;
                    }
                    unknown(self, frame, more, then)?;
                }
            }
            Partial::Object(members, more) => {
                for (key, member) in members.iter() {
                    if let Partial::Unknown { doubt, missing: true, node } = member {
                        let member = Partial::Unknown { doubt: doubt.clone(), missing: false, node: *node };
                        self.doubtfully(doubt, frame, &mut |machine, frame| {
                            then(machine, frame, known(key), member.clone())
                        })?;
                    } else {
                        then(self, frame, known(key), member.clone())?;
                    }
                }
                more.iter().try_for_each(|more| unknown(self, frame, more, then))?;
            }
        }
        Ok(())
    }

    /// A value and everything below it, each with its path.
    pub(super) fn walk(
        &mut self,
        path: &mut Vec<Partial>,
        value: &Partial,
        frame: &mut Frame,
        then: &mut dyn FnMut(&mut Self, &mut Frame, Partial) -> Answer<()>,
    ) -> Answer<()> {
        self.tick()?;
        let pair = Partial::array(vec![Partial::array(path.clone(), None), value.clone()], None);
        then(self, frame, pair)?;
        if let Partial::Unknown { doubt, node, .. } = value
            && matches!(node.map(Below::of), Some(Below::Anything) | None)
        {
            // What may be below is at no path that anybody knows.
            let below = Partial::unknown(doubt.clone());
            let pair = Partial::array(vec![below.clone(), below], None);
            return self.doubtfully(doubt, frame, &mut |machine, frame| then(machine, frame, pair.clone()));
        }
        self.each(value, frame, &mut |machine, frame, key, item| {
            path.push(key);
            let result = machine.walk(path, &item, frame, then);
            path.pop();
            result
        })
    }
}
