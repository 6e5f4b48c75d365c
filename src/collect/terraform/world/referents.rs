//! What an attribute names: resources of this plan or state, or ids of what is elsewhere.

use serde_json::Value;

use super::super::mapping::Reach;
use super::super::values;
use super::{World, Written};
use crate::model::Fact;

/// What an attribute names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Referents {
    pub found: Vec<Referent>,
    /// Why it is not known which of these it is, or whether there are others.
    pub unknown: Option<String>,
    /// It is one of these, and nothing else.
    pub among: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Referent {
    /// A resource of this plan or state, with its id.
    Here(usize, String),
    /// A name or an id of something that is not managed here.
    Elsewhere(String),
}

impl Referents {
    pub(crate) fn unknown(reason: &str) -> Self {
        Self { unknown: Some(reason.to_owned()), ..Self::default() }
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.found
            .iter()
            .map(|target| match target {
                Referent::Here(_, id) | Referent::Elsewhere(id) => id.clone(),
            })
            .collect()
    }

    /// The id of the one thing that it is, here or elsewhere.
    pub(crate) fn id(&self) -> Option<String> {
        self.ids().into_iter().next().filter(|_| self.unknown.is_none())
    }

    /// The one resource of this plan or state that it is.
    pub(crate) fn single(&self) -> Option<usize> {
        match (&self.here()[..], self.found.len(), &self.unknown) {
            ([at], 1, None) => Some(*at),
            _ => None,
        }
    }

    pub(crate) fn here(&self) -> Vec<usize> {
        let here = |target: &Referent| match target {
            Referent::Here(at, _) => Some(*at),
            Referent::Elsewhere(_) => None,
        };
        self.found.iter().filter_map(here).collect()
    }
}

/// What has a name, seen from another resource.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// What it means for certain, if that is one.
    pub here: Vec<usize>,
    /// What it may mean: where they are is not known well enough.
    pub perhaps: Vec<usize>,
}

/// Whether a name that is used by one resource means another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    No,
    Perhaps,
    Yes,
}

impl World<'_> {
    /// What a known value, a name or an id or a list of them, stands for.
    pub(crate) fn by_value(
        &self,
        from: usize,
        value: &Value,
        expression: Option<Written<'_>>,
        types: &[&str],
    ) -> Referents {
        let mut targets = Referents { among: true, ..Referents::default() };
        let single = !value.is_array();
        for value in values::items(value) {
            let Some(text) = values::text(value).filter(|text| !text.is_empty()) else { continue };
            let Named { here, perhaps } = self.named(from, &text, types);
            let named = if here.is_empty() { perhaps } else { here };
            match named[..] {
                [at] if self.means(from, at, &text) == Some(true) => {
                    targets.found.push(Referent::Here(at, self.id(at).to_owned()))
                }
                [] => targets.found.push(Referent::Elsewhere(text)),
                // The name alone does not say which one, but the code or the state may.
                _ => match self.referred(from, expression.filter(|_| single), types, &named) {
                    Some(at) => targets.found.push(Referent::Here(at, self.id(at).to_owned())),
                    None => {
                        targets.found.extend(named.iter().map(|at| Referent::Here(*at, self.id(*at).to_owned())));
                        targets.unknown = Some(match named[..] {
                            [_] => format!("whether '{text}' is in the same region is not known"),
                            _ => format!("several resources are called '{text}'"),
                        });
                    }
                },
            }
        }
        targets
    }

    /// The resources of those types that may be meant where the file does not say which one.
    pub(crate) fn possible(&self, from: usize, targets: &Referents, types: &[&str]) -> Vec<usize> {
        match (&targets.unknown, targets.among) {
            (None, _) => Vec::new(),
            (Some(_), true) => targets.here(),
            (Some(_), false) => {
                let mut all = self.of_type(types);
                all.retain(|at| self.fit(from, *at, "") != Fit::No || targets.here().contains(at));
                all
            }
        }
    }

    /// The one of several that the code refers to, or that the state says the resource was made after.
    fn referred(&self, from: usize, expression: Option<Written<'_>>, types: &[&str], named: &[usize]) -> Option<usize> {
        let one = |found: Vec<usize>| match found[..] {
            [at] => Some(at),
            _ => None,
        };
        let found = self.found(from, expression, types);
        if expression.is_some() && !found.vague {
            return one(named.iter().filter(|at| found.candidates.contains(at)).copied().collect());
        }
        let after = &self.instance(from).depends_on;
        let is_after = |at: &&usize| after.contains(&self.instance(**at).block_address());
        one(named.iter().filter(is_after).copied().collect())
    }

    /// The resources of those types that a name or an id stands for, seen from another resource.
    pub(crate) fn named(&self, from: usize, text: &str, types: &[&str]) -> Named {
        let all = self.by_value.get(text).map(Vec::as_slice).unwrap_or_default();
        let mut named = Named::default();
        for at in all.iter().filter(|at| types.contains(&self.instance(**at).kind.name)) {
            match self.fit(from, *at, text) {
                Fit::No => {}
                Fit::Perhaps => named.perhaps.push(*at),
                Fit::Yes => named.here.push(*at),
            }
        }
        named
    }

    /// A name says nothing about the region: it means what has that name where the name is used.
    fn fit(&self, from: usize, at: usize, text: &str) -> Fit {
        let (one, other) = (self.instance(from), self.instance(at));
        let (here, there) = (self.place(from), self.place(at));
        let differ = |a: &Fact<String>, b: &Fact<String>| a.text().zip(b.text()).is_some_and(|(a, b)| a != b);
        if (other.kind.provider.is_global_id)(text) || other.kind.reach == Reach::World {
            return Fit::Yes;
        }
        if differ(&here.account, &there.account) {
            return Fit::No;
        }
        if other.kind.has_a_name_everywhere() {
            return Fit::Yes;
        }
        // A global resource has no region: a name in any region may be meant, or may mean it.
        let has_no_region = here.region.is_absent() || there.region.is_absent();
        if !has_no_region && differ(&here.region, &there.region) {
            return Fit::No;
        }
        let is_known = here.region.is_known() && there.region.is_known();
        let same_provider = !one.provider.is_empty() && one.provider == other.provider;
        let leaves_it = self.hides_region(from) || self.hides_region(at);
        match (same_provider && !leaves_it, is_known && here == there) {
            (false, false) => Fit::Perhaps,
            _ => Fit::Yes,
        }
    }

    /// Whether a name that is used by one resource means another, or without one, whether the other is in the same region.
    /// `None`: it cannot be told.
    pub(crate) fn means(&self, from: usize, at: usize, text: &str) -> Option<bool> {
        match self.fit(from, at, text) {
            Fit::Yes => Some(true),
            Fit::Perhaps => self.is_without_provider(from, at).then_some(true),
            Fit::No => Some(false),
        }
    }

    /// The file does not say which provider manages one of the two.
    fn is_without_provider(&self, from: usize, at: usize) -> bool {
        let of = |at: usize| {
            let provider = &self.instance(at).provider;
            // Before version 1.1 of Terraform that of a module may be any of its callers'.
            provider.is_empty() || provider.contains(':')
        };
        (of(from) || of(at)) && !self.hides_region(from) && !self.hides_region(at)
    }

    /// Whether the plan takes away what has that name, seen from another resource.
    pub(crate) fn is_gone(&self, from: usize, text: &str, types: &[&str]) -> bool {
        let gone = self.gone.get(text).into_iter().flatten();
        gone.filter(|at| types.contains(&self.instance(**at).kind.name))
            .any(|at| self.means(from, *at, text) == Some(true))
    }
}
