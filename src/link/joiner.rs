//! Joins one resource at a time. What is joined onto a resource takes more room than the resource itself, so that an
//! estate of a million keeps only what its report asks for, and that is the same for many resources.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Estate;
use super::behind::Behind;
use super::edges::At;
use crate::config::Config;
use crate::model::{Inventory, Joined, Joins, Timestamp};

/// Facts that decide what an answer says, how severe a verdict is, and whose it is, with what is not known of them.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    joined: Arc<Joined>,
    // Most have none, and there are as many of these as there are resources.
    marks: Option<Box<Marks>>,
}

/// Path and why the fact there is not known.
type Marks = Vec<(String, String)>;

/// Makes the joins of resources when they are asked for.
pub struct Joiner<'a> {
    pub(super) estate: Estate<'a>,
    /// By resource.
    kept: Vec<OnceLock<Kept>>,
    /// Each once.
    shared: Mutex<HashSet<Distinct>>,
}

/// What was kept of an estate's joins.
pub struct Remains(Vec<OnceLock<Kept>>);

/// Compared as a whole, so that no fact that is kept can be forgotten here.
#[derive(PartialEq)]
struct Distinct(Arc<Joined>);

// Among the facts that are kept is no number that differs from itself.
impl Eq for Distinct {}

impl std::hash::Hash for Distinct {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // All that often differs: the accounts of an organization are thousands, and with one hash for all of them each
        // resource would be compared with each account.
        let Joined { applications, pattern, recovery_region, recovery_account, .. } = &*self.0;
        (applications, pattern, recovery_region, recovery_account).hash(state);
    }
}

/// Paths of the facts that are kept.
const KEPT: [&str; 6] = [
    "joined.applications",
    "joined.pattern",
    "joined.recovery_region",
    "joined.recovery_account",
    "joined.is_recovery_side",
    "joined.needed_in_recovery",
];

impl<'a> Joiner<'a> {
    /// Of an inventory that is [prepared](super::prepare).
    pub fn new(inventory: &'a Inventory, config: &'a Config, now: Timestamp) -> Self {
        let kept = inventory.resources.iter().map(|_| OnceLock::new()).collect();
        Self { estate: Estate::new(inventory, config, now), kept, shared: Mutex::default() }
    }

    /// What is joined onto a resource.
    pub fn joins(&self, at: usize) -> Option<Joins> {
        let slot = self.kept.get(at)?;
        let joins = Joins::from(self.estate.join(At::try_from(at).ok()?));
        slot.get_or_init(|| {
            let is_kept = |(path, _): &&(String, String)| KEPT.contains(&path.as_str());
            let marks: Marks = joins.marks.iter().filter(is_kept).cloned().collect();
            let marks = (!marks.is_empty()).then(|| Box::new(marks));
            Kept { joined: self.share(&joins.joined), marks }
        });
        Some(joins)
    }

    fn share(&self, joined: &Joined) -> Arc<Joined> {
        let kept = Distinct(Arc::new(Joined {
            applications: joined.applications.clone(),
            pattern: joined.pattern.clone(),
            recovery_region: joined.recovery_region.clone(),
            recovery_account: joined.recovery_account.clone(),
            is_recovery_side: joined.is_recovery_side,
            needed_in_recovery: joined.needed_in_recovery,
            ..Joined::default()
        }));
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = shared.get(&kept) {
            return same.0.clone();
        }
        let joined = kept.0.clone();
        shared.insert(kept);
        joined
    }

    /// What stands behind a resource.
    pub fn behind(&self, at: usize) -> Behind<'a> {
        At::try_from(at).map_or_else(|_| Behind::default(), |at| self.estate.behind(at))
    }

    /// What a report will ask for.
    pub fn into_remains(self) -> Remains {
        Remains(self.kept)
    }
}

impl Remains {
    /// Writes what was kept into the resources. Those whose joins nobody asked for get none.
    pub fn fill(self, inventory: &mut Inventory) {
        for (resource, kept) in inventory.resources.iter_mut().zip(self.0) {
            if let Some(Kept { joined, marks }) = kept.into_inner() {
                resource.joined = Some(joined);
                resource.unknown.extend(marks.into_iter().flat_map(|marks| *marks));
            }
        }
    }
}
