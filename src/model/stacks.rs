//! Several plans or states beside each other. Each has addresses of its own, so only an ARN makes a resource of one
//! the same as a resource of another.

use std::collections::HashMap;

use super::{Action, Inventory, Resource};

/// A resource that stands in two stacks. One of them speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubled {
    /// Its ARN.
    pub id: String,
    /// The stack whose word counts.
    pub kept: Option<String>,
    /// The stack whose word does not.
    pub dropped: Option<String>,
    /// Its address there.
    pub address: String,
    /// Both change it.
    pub both_change: bool,
}

impl Inventory {
    /// Lays another plan or state beside this one. Of a resource that stands in both, the one that does more to it
    /// counts, whatever the order of the files.
    pub fn beside(&mut self, other: Self) -> Vec<Doubled> {
        let mut at: HashMap<String, usize> = HashMap::new();
        for (index, resource) in self.resources.iter().enumerate() {
            for id in arns(resource) {
                at.insert(id.to_owned(), index);
            }
        }
        let mut doubled = Vec::new();
        for theirs in other.resources {
            let Some(index) = arns(&theirs).find_map(|id| at.get(id).copied()) else {
                self.resources.push(theirs);
                continue;
            };
            let mine = &mut self.resources[index];
            let key = |resource: &Resource| (weight(resource), std::cmp::Reverse(resource.origin.stack.clone()));
            let (kept, dropped) = if key(&theirs) > key(mine) {
                let dropped = std::mem::replace(mine, theirs);
                (&*mine, dropped)
            } else {
                (&*mine, theirs)
            };
            let id = arns(&dropped).next().unwrap_or(&dropped.id).to_owned();
            doubled.push(Doubled {
                id,
                kept: kept.origin.stack.clone(),
                address: dropped.origin.address.clone().unwrap_or_default(),
                both_change: changes(kept) && changes(&dropped),
                dropped: dropped.origin.stack.clone(),
            });
        }
        self.coverage.extend(other.coverage);
        self.collected_at = self.collected_at.max(other.collected_at);
        let sources = other.sources.into_iter().filter(|source| !self.sources.contains(source)).collect::<Vec<_>>();
        self.sources.extend(sources);
        self.sort();
        doubled
    }
}

/// The ARNs that it has before and after the change. One that is made anew has none afterwards.
fn arns(resource: &Resource) -> impl Iterator<Item = &str> {
    let before = resource.before.iter().map(|before| before.id.as_str());
    before.chain([resource.id.as_str()]).filter(|id| id.starts_with("arn:"))
}

/// How much a plan does to a resource: the more, the more its word counts. What one plan forgets, another manages.
pub(crate) fn weight(resource: &Resource) -> u8 {
    match resource.change.as_ref().map(|change| change.action) {
        Some(Action::Delete) => 6,
        Some(Action::Replace) => 5,
        Some(Action::Update) => 4,
        Some(Action::Create) => 3,
        Some(Action::NoOp) => 2,
        None => 1,
        Some(Action::Forget) => 0,
    }
}

/// Whether it is another one afterwards.
fn changes(resource: &Resource) -> bool {
    weight(resource) > 2
}
