//! What hands events to the stand-in of a function: a mapping from a source of the same name, but for the region in it.

use super::super::Estate;
use super::super::edges::At;
use super::super::keys::CounterpartResult;
use super::super::place::Target;
use super::super::seen::Gap;
use super::as_counterpart;
use super::stand_in::{StandIn, without_region};
use crate::model::{Rel, Resource};
use crate::providers::aws::lambda::source_name;

impl<'a> Estate<'a> {
    /// Searches what the stand-in of its function takes events from.
    pub(super) fn counterpart_of_source(&self, at: At, target: &Target<'a>) -> CounterpartResult {
        let mapping = self.index.get(at);
        let Some(function) = self.index.to(at, Rel::MemberOf).next() else {
            return CounterpartResult::unclear("its function was not found".to_owned());
        };
        let there = match self.stand_in(function, target) {
            StandIn::There(there, _) => there,
            StandIn::Unclear(reason) => return CounterpartResult::unclear(reason),
            StandIn::Nowhere => return CounterpartResult::none(),
        };
        let Some(own) = key(mapping) else {
            return CounterpartResult::unclear("what it takes events from is not known".to_owned());
        };
        let mut others = Vec::new();
        let mut best: Option<&Resource> = None;
        let of_function = |function: At| {
            let mappings = self.index.from(function, Rel::MemberOf).map(|at| self.index.get(at));
            mappings.filter(|other| other.kind == mapping.kind)
        };
        for other in of_function(there) {
            match key(other) {
                Some(key) if key == own => {
                    let is_better = best.is_none_or(|best| (usable(best), &other.id) < (usable(other), &best.id));
                    best = if is_better { Some(other) } else { best };
                }
                other_key => others.push((other, other_key)),
            }
        }
        if let Some(best) = best {
            let same = best.links_to(Rel::Consumes).next().map(source_name)
                == mapping.links_to(Rel::Consumes).next().map(source_name);
            return CounterpartResult::one(as_counterpart(best, if same { "same-name" } else { "region-in-name" }));
        }
        // One that takes from another source of the service may do the same work.
        let own_keys: Vec<_> = of_function(function).map(key).collect();
        let may_be = |(_, key): &&(&Resource, Option<(String, String)>)| match key {
            Some(key) => key.0 == own.0 && !own_keys.contains(&Some(key.clone())),
            None => true,
        };
        if let Some((other, _)) = others.iter().find(may_be) {
            return CounterpartResult::unclear(format!(
                "{} in {} takes from a source of another name",
                other.name, target.region
            ));
        }
        match self.seen.more(target.account, target.region, mapping.kind).map(Gap::sentence) {
            Some(reason) => CounterpartResult::unclear(reason),
            None => CounterpartResult::none(),
        }
    }
}

/// Service and name of what a mapping takes events from.
fn key(mapping: &Resource) -> Option<(String, String)> {
    let (service, name) = source_name(mapping.links_to(Rel::Consumes).next()?)?;
    Some((service.to_owned(), without_region(name, mapping.region().unwrap_or_default())))
}

fn usable(mapping: &Resource) -> Option<bool> {
    mapping.status.as_ref().and_then(|status| status.healthy.known()).copied()
}
