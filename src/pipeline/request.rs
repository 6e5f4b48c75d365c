//! What is asked of a run.

use std::path::PathBuf;

use crate::config::Loaded;
use crate::drill::Book;
use crate::model::{FailOn, GateScope, Timestamp};
use crate::policy::Expects;

/// What is asked of a run, whoever asks it. What is not said is the configuration's.
#[derive(Debug)]
pub struct Request {
    /// The clock of the run.
    pub now: Timestamp,
    /// Threads that judge. 0: one a core.
    pub jobs: usize,
    /// The configuration.
    pub loaded: Loaded,
    /// Policies beside the built-in ones.
    pub own: OwnPolicies,
    /// Only these policies: an id, an area or a framework's control. Empty: all.
    pub select: Vec<String>,
    /// Not these policies.
    pub skip: Vec<String>,
    /// Which resources are judged.
    pub filter: Filter,
    /// Least severity that fails the gate.
    pub fail_on: Option<FailOn>,
    /// Unknown verdicts and gaps in what was collected fail it too.
    pub strict: bool,
    /// Failures of a change that count.
    pub scope: Option<GateScope>,
    /// The file of waivers.
    pub waivers: Option<PathBuf>,
    /// The file of known failures.
    pub baseline: Option<PathBuf>,
    /// The record of drills.
    pub drills: Option<Book>,
    /// No waiver counts, those in the code included.
    pub no_waivers: bool,
    /// Frameworks by whose requirements the report is to be told, too: ids, or files of one's own.
    pub frameworks: Vec<String>,
}

impl Request {
    /// All policies of all resources, as the configuration has it.
    pub fn new(loaded: Loaded, now: Timestamp) -> Self {
        Self {
            now,
            jobs: 0,
            loaded,
            own: OwnPolicies::default(),
            select: Vec::new(),
            skip: Vec::new(),
            filter: Filter::default(),
            fail_on: None,
            strict: false,
            scope: None,
            waivers: None,
            baseline: None,
            drills: None,
            no_waivers: false,
            frameworks: Vec::new(),
        }
    }
}

/// Policies beside the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct OwnPolicies {
    /// Folders of `.rego` files with JSON and YAML data beside them, or single files.
    pub paths: Vec<PathBuf>,
    /// JSON or YAML that they read below `data`.
    pub data: Vec<PathBuf>,
    /// What those of them expect as `input` that have no header with `kinds`.
    pub expects: Expects,
}

/// Which resources are judged. The others are still looked at: they may be replicas or copies. What is empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only resources of these accounts.
    pub accounts: Vec<String>,
    /// Only resources of these regions.
    pub regions: Vec<String>,
    /// Only resources of these applications.
    pub applications: Vec<String>,
}
