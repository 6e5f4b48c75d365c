//! What was judged, and what decides what counts.

use std::collections::{BTreeSet, HashMap};

use super::narrowed::Narrowed;
use crate::config::Statement;
use crate::model::{FailOn, GateScope, Inventory, Notice, Planned, Resource, Timestamp};
use crate::policy::{Framework, Judged, PolicySet};
use crate::result::{Behind, Outcome, Verdict, WaiverRef};

/// What was judged: the linked estate and what the policies said of it.
#[derive(Clone, Copy, Debug)]
pub struct JudgedEstate<'a> {
    /// Its resources, with everything joined onto them.
    pub inventory: &'a Inventory,
    /// Verdicts of at least fail, unknown, error, and of what is shown.
    pub judged: &'a Judged,
}

/// By which frameworks it is to be told.
#[derive(Clone, Copy, Debug)]
pub struct AskedFrameworks<'a> {
    /// In the order in which they were asked for.
    pub frameworks: &'a [Framework],
    /// All policies that there are, those that were left out of the run among them.
    pub policies: &'a PolicySet,
    /// For each policy of the run, the services that its facts come from. Empty, if no framework is asked for.
    pub services: &'a [BTreeSet<&'static str>],
}

/// What decides what counts.
pub struct Settings<'a> {
    /// The clock of the run.
    pub now: Timestamp,
    /// Outcomes that are listed.
    pub show: &'a [Outcome],
    /// Least severity that fails the gate.
    pub fail_on: FailOn,
    /// Unknown verdicts and gaps in what was collected fail, too.
    pub strict: bool,
    /// Which failures of a change count.
    pub scope: GateScope,
    /// Says which waiver or baseline entry covers a failed policy, or who answers for one without an answer, by policy
    /// id, resource, verdict and fingerprint.
    pub waiver: &'a (dyn Fn(&str, &Resource, &Verdict, &str) -> Option<WaiverRef> + Sync),
    /// What was typed cannot be right: the run is in error.
    pub trouble: Option<String>,
    /// A problem with the waivers themselves fails the gate: this is its sentence.
    pub waiver_trouble: Option<String>,
    /// What the run was narrowed to.
    pub narrowed: Narrowed,
    /// What the configuration says of what nobody looked at.
    pub statement: &'a Statement,
    /// Names of the configuration's applications, in its order.
    pub applications: &'a [String],
    /// What the reader should know of the configuration.
    pub configuration: Vec<Notice>,
    /// What else the reader should know.
    pub notices: Vec<Notice>,
    /// Resources that no mapping understands, by type.
    pub not_understood: std::collections::BTreeMap<String, usize>,
    /// What each plan does to all of its resources.
    pub planned: Vec<Planned>,
    /// What of the plans was not read, or is not done by them, in words: no answer about a plan is about that.
    pub incomplete: Vec<String>,
    /// What stands behind failed blockers, by the position of their resource.
    pub behind: HashMap<usize, Box<Behind>>,
    /// What tells these plans or states from those of other runs over the same repository.
    pub stack: Option<String>,
    /// Frameworks by whose requirements it is to be told, too.
    pub frameworks: AskedFrameworks<'a>,
}
