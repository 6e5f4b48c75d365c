//! Whether something that is no client of the model gets to a service of the provider: asked from outside of the joins.

use std::collections::BTreeSet;

use super::super::Joiner;
use super::super::edges::At;
use super::Hop;
use super::exits::{Goal, Runner};
use crate::model::{Class, Fact};

/// Whether something gets to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// From wherever it may stand.
    Yes,
    /// What stands in the way.
    No(String),
    /// Why it cannot be told.
    Unclear(String),
}

impl Joiner<'_> {
    /// Whether a function gets from all of its subnets to a service, as endpoints name it: `rds`. `is_near`: to that of its own
    /// region. One that stands in no network of its account gets anywhere.
    pub fn reaches(&self, at: usize, service: &str, is_near: bool) -> Reached {
        let Ok(at) = At::try_from(at) else { return Reached::Unclear("there is no such resource".to_owned()) };
        let resource = self.estate.index.get(at);
        let is_outside = resource.network.as_ref().is_some_and(|network| network.subnets.is_absent());
        if is_outside && resource.kind.info().class == Class::Function {
            return Reached::Yes;
        }
        let subnets = match self.estate.subnets(at) {
            Ok(subnets) => subnets,
            Err(reason) => return Reached::Unclear(reason),
        };
        // Nothing that a network takes in of a function has a public address.
        let runner = Runner { at, public: Fact::Known(false) };
        let goal = Goal { service, is_near, of: &BTreeSet::from([None]) };
        let hop =
            subnets.iter().fold(Hop::Open, |so_far, subnet| so_far.and(|| self.estate.exit(&runner, subnet, &goal).0));
        match hop.and(|| self.estate.subnets_seen(at)) {
            Hop::Open => Reached::Yes,
            Hop::Shut(_, why) => Reached::No(why),
            Hop::Unclear(reason) => Reached::Unclear(reason),
        }
    }
}
