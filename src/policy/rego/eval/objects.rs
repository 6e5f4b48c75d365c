//! Objects that rules and comprehensions make, of members that may be there and keys that are not known.

use std::collections::BTreeMap;

use regorus::Value;

use super::super::value::{Doubt, Partial, PartialSet, Truth};
use super::{Answer, Fault};

/// An object that is being made.
#[derive(Default)]
pub(super) struct Members {
    pub known: BTreeMap<Value, Partial>,
    pub more: Option<Doubt>,
    /// Values of which the keys are not known: they may be any of those that are.
    pub strange: Vec<Partial>,
}

impl Members {
    /// A member that is there for certain.
    pub(super) fn add(&mut self, key: Partial, value: Partial) -> Answer<()> {
        let Partial::Known(key) = key else {
            Doubt::add(&mut self.more, &key.doubt());
            self.strange.push(value);
            return Ok(());
        };
        let value = match self.known.remove(&key) {
            Some(before) => match before.equals(&value) {
                Truth::False if before.is_there() => {
                    return Err(Fault::Error(format!("the key {key} has two values in one object")));
                }
                Truth::True => value,
                _ => Partial::unknown(before.doubt().and(&value.doubt())),
            },
            None => value,
        };
        self.known.insert(key, value);
        Ok(())
    }

    /// A member that may be there.
    pub(super) fn maybe(&mut self, key: Option<Partial>, doubt: &Doubt) {
        match key {
            Some(Partial::Known(key)) => {
                let unknown = |doubt: Doubt, missing| Partial::Unknown { doubt, missing, node: None };
                let value = match self.known.remove(&key) {
                    // Another value would be an error.
                    Some(before) => unknown(before.doubt().and(doubt), !before.is_there()),
                    None => unknown(doubt.clone(), true),
                };
                self.known.insert(key, value);
            }
            _ => {
                Doubt::add(&mut self.more, doubt);
                self.strange.push(Partial::unknown(doubt.clone()));
            }
        }
    }

    pub(super) fn finish(mut self) -> Partial {
        let mut clash = None;
        let same = |one: &Partial, two: &Partial| one.equals(two) == Truth::True;
        if self.strange.len() > 1 || !self.known.is_empty() {
            let mut all = self.known.values().chain(&self.strange);
            if let Some(first) = all.next()
                && !self.strange.is_empty()
                && !all.all(|other| same(first, other))
            {
                clash = self.more.take();
            }
        }
        // Two values for one key are an error.
        clash.map_or_else(|| Partial::object(self.known, self.more), Partial::unsure)
    }
}

/// An object of objects that is being made, key by key.
#[derive(Default)]
pub(super) struct Branching {
    below: BTreeMap<Value, Self>,
    leaf: Option<Partial>,
    members: Option<PartialSet>,
    pub more: Option<Doubt>,
    /// Something with a key that is not known may belong below any of the keys.
    strange: Option<Doubt>,
    /// It is there only if these facts are as they may be.
    missing: Option<Doubt>,
    pub is_certain: bool,
}

impl Branching {
    pub(super) fn add(
        &mut self,
        keys: &[Partial],
        is_member: bool,
        value: Partial,
        doubt: Option<&Doubt>,
    ) -> Answer<()> {
        match doubt {
            None => self.is_certain = true,
            Some(doubt) => Doubt::add(&mut self.missing, doubt),
        }
        let Some((first, rest)) = keys.split_first() else {
            if is_member {
                let members = self.members.get_or_insert_default();
                match doubt {
                    None => members.add(value),
                    Some(doubt) => Doubt::add(&mut members.more, doubt),
                }
                return Ok(());
            }
            self.leaf = Some(match (self.leaf.take(), doubt) {
                (None, _) => value,
                (Some(before), None) if before.equals(&value) == Truth::False && self.missing.is_none() => {
                    return Err(Fault::Error("a key of an object has two values at once".to_owned()));
                }
                (Some(before), _) if before.equals(&value) == Truth::True => before,
                (Some(before), doubt) => {
                    let all = before.doubt().and(&value.doubt());
                    let all = self.missing.iter().chain(doubt).fold(all, |all, one| all.and(one));
                    Partial::unknown(all)
                }
            });
            return Ok(());
        };
        match first {
            Partial::Known(key) => self.below.entry(key.clone()).or_default().add(rest, is_member, value, doubt),
            unknown => {
                Doubt::add(&mut self.more, &unknown.doubt());
                Doubt::join(&mut self.more, doubt);
                // It may be one of the keys that are known, whatever is below them.
                Doubt::join(&mut self.strange, &self.more);
                Ok(())
            }
        }
    }

    /// Puts all that is below in doubt.
    fn poison(&mut self, doubt: &Doubt) {
        if let Some(leaf) = self.leaf.take() {
            // Another value for the same key would be an error.
            self.leaf = Some(Partial::unsure(leaf.doubt().and(doubt)));
        }
        if let Some(members) = &mut self.members {
            Doubt::add(&mut members.more, doubt);
        }
        Doubt::add(&mut self.more, doubt);
        self.below.values_mut().for_each(|below| below.poison(doubt));
    }

    pub(super) fn finish(mut self) -> Answer<Partial> {
        if let Some(strange) = self.strange.take() {
            self.below.values_mut().for_each(|below| below.poison(&strange));
        }
        let missing = if self.is_certain { None } else { self.missing };
        let value = if let Some(leaf) = self.leaf {
            leaf
        } else if let Some(members) = self.members {
            members.finish()
        } else {
            let mut object = Members { more: self.more, ..Members::default() };
            for (key, below) in self.below {
                let key = Partial::Known(key);
                match below.finish()? {
                    Partial::Unknown { doubt, missing: true, .. } => object.maybe(Some(key), &doubt),
                    value => object.add(key, value)?,
                }
            }
            object.finish()
        };
        Ok(missing.map_or(value, Partial::unsure))
    }
}
