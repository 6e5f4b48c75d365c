//! A resource and what the link stage joins onto it, which is made when it is needed and need not be kept.

use super::{Joined, Resource};

/// What the link stage joins onto one resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joins {
    /// Its facts.
    pub joined: Box<Joined>,
    /// Path → why the fact there is not known, or not in full. Each path once, sorted.
    pub marks: Vec<(String, String)>,
}

/// A resource with everything that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Linked<'a> {
    /// What was collected.
    pub resource: &'a Resource,
    joins: Option<&'a Joins>,
}

impl<'a> Linked<'a> {
    /// With these joins, if the resource keeps none itself; without, with those that it keeps.
    pub fn new(resource: &'a Resource, joins: Option<&'a Joins>) -> Self {
        Self { resource, joins }
    }

    /// What is joined onto it.
    pub fn joined(self) -> Option<&'a Joined> {
        match self.joins {
            Some(joins) => Some(&joins.joined),
            None => self.resource.joined.as_deref(),
        }
    }

    /// Paths of the facts that are not known, or not in full, and why.
    pub fn unknown(self) -> impl DoubleEndedIterator<Item = (&'a str, &'a str)> {
        let own = self.resource.unknown.iter().map(|(path, reason)| (path.as_str(), reason.as_str()));
        own.chain(self.marks().iter().map(|(path, reason)| (path.as_str(), reason.as_str())))
    }

    /// Why the fact at a path is not known, or not in full.
    pub fn reason(self, path: &str) -> Option<&'a str> {
        let mark = self.marks().iter().find(|(marked, _)| marked == path).map(|(_, reason)| reason);
        mark.or_else(|| self.resource.unknown.get(path)).map(String::as_str)
    }

    fn marks(self) -> &'a [(String, String)] {
        self.joins.map(|joins| joins.marks.as_slice()).unwrap_or_default()
    }
}

impl<'a> From<&'a Resource> for Linked<'a> {
    fn from(resource: &'a Resource) -> Self {
        Self::new(resource, None)
    }
}
