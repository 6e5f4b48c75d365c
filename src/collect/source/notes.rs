//! What the code says beside where its resources are.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::address::without_indexes;
use crate::model::{Location, Origin, Resource};

/// What the code says beside where its resources are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceNotes {
    /// Inline waivers, by file and line. Those in downloaded modules are not ours to honour.
    pub waivers: Vec<InlineWaiver>,
    /// What could not be read, by file and line.
    pub troubles: Vec<SourceTrouble>,
}

/// A `# seaworthy:ignore[…]` in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineWaiver {
    /// Where the comment is.
    pub location: Location,
    /// The stack whose code it stands in, where there are several. It says nothing of the others.
    pub stack: Option<String>,
    /// Addresses of the blocks that it stands on, without indexes. A module's stands for all that is in it.
    pub addresses: BTreeSet<String>,
    /// Ids of policies.
    pub policies: Vec<String>,
    /// The last day on which it counts.
    pub until: Date,
    /// Why it is acceptable.
    pub reason: String,
    /// Where it was decided.
    pub ticket: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
}

impl InlineWaiver {
    /// Whether it stands on the block that the resource was made from, or on one of another plan that says something of
    /// the resource, or on a module around it.
    pub fn covers(&self, resource: &Resource) -> bool {
        std::iter::once(&*resource.origin).chain(resource.origin.said_at.values()).any(|origin| self.stands_on(origin))
    }

    fn stands_on(&self, origin: &Origin) -> bool {
        let Some(address) = origin.address.as_deref().map(without_indexes) else { return false };
        if self.stack.is_some() && self.stack != origin.stack {
            return false;
        }
        self.addresses.iter().any(|block| {
            let below = address.strip_prefix(block.as_str());
            below.is_some_and(|below| below.is_empty() || (block.starts_with("module.") && below.starts_with('.')))
        })
    }
}

/// Something in the code that was not understood, and how it is written: `main.tf:12: …`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceTrouble {
    /// Relative to the base, with `/`.
    pub file: String,
    /// None: no line of it is to blame.
    pub line: Option<u32>,
    /// What was not understood.
    pub text: String,
}

impl fmt::Display for SourceTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.text),
            None => write!(f, "{}: {}", self.file, self.text),
        }
    }
}
