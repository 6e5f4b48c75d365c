//! Whether one application can be recovered: the answer, what stands in the way, in which order it comes back, how much is
//! lost and how long it takes.

use serde::{Deserialize, Serialize};

use super::{GraphResource, Missing, Outcome, Report};
use crate::model::{Severity, Timestamp};

/// The readiness of one application in one recovery region.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readiness {
    /// Version of the tool that judged.
    pub tool_version: String,
    /// The clock of the run.
    pub generated_at: Timestamp,
    /// When the newest of what was judged was collected.
    pub collected_at: Timestamp,
    /// What was judged: `aws`, `terraform-plan plan.json`.
    pub sources: Vec<String>,
    /// As the configuration calls it.
    pub application: String,
    /// Where it is to come back. Empty: no recovery pair names a region of it.
    pub recovery_region: String,
    /// Where it is now, account and region of what is to come back, sorted.
    pub from: Vec<String>,
    /// Go or no go?
    pub decision: Decision,
    /// The same in one line.
    pub sentence: String,
    /// What is asked of it.
    pub objective: Asked,
    /// How it would be recovered as it is configured.
    pub implemented: Implemented,
    /// What stands in the way: those with the most behind them first.
    pub blockers: Vec<Problem>,
    /// What else is wrong: the most severe first.
    pub risks: Vec<Problem>,
    /// Questions that could not be answered: those about blockers first.
    pub unknowns: Vec<Problem>,
    /// What comes back, in the order in which it can.
    pub steps: Vec<Step>,
    /// Resources that belong to it, or may, and take no part.
    pub left_out: Vec<LeftOut>,
    /// How much is lost, by resource.
    pub data: Data,
    /// How long it takes.
    pub time: Time,
    /// Which verdicts pass, by how they are known.
    pub evidence: Known,
    /// What to grant, to run or to say, so that it can be told. Sorted.
    pub to_do: Vec<String>,
    /// What the reader should know of the configuration and of what was read.
    pub notices: Vec<String>,
    /// What is new since an earlier record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// All verdicts, for the formats that are about them. Only where it was made alone: of many applications that is a lot.
    #[serde(skip)]
    pub report: Option<Box<Report>>,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing stands in the way, and everything was seen that could.
    Go,
    /// What was seen does not decide it.
    CannotTell,
    /// Something stands in the way.
    NoGo,
}

impl Decision {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Go => "GO",
            Self::CannotTell => "CANNOT TELL",
            Self::NoGo => "NO-GO",
        }
    }
}

/// What is asked of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// `pilot-light`. Absent: none is configured.
    pub pattern: Option<String>,
    /// How much data may be lost, seconds.
    pub rpo_seconds: Option<u64>,
    /// How long recovery may take, seconds.
    pub rto_seconds: Option<u64>,
}

/// The pattern that the configuration of the resources comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Implemented {
    /// `backup-restore`. Absent: it cannot be told, or nothing of it comes back.
    pub pattern: Option<String>,
    /// What says so.
    pub why: String,
}

/// Something that is wrong, or cannot be told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// Id of the policy; `rto-out-of-reach` and others of the application as a whole have none.
    pub id: String,
    /// Fail, waived, unknown or error.
    pub outcome: Outcome,
    /// For this application.
    pub severity: Severity,
    /// It makes recovery impossible, or would.
    pub blocker: bool,
    /// One sentence, without a full stop.
    pub message: String,
    /// What it is about. Absent: the application as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<GraphResource>,
    /// Number of the step that it stops. Absent: it is in the way of no step alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Numbers of the steps that stand behind that step.
    pub behind: Vec<u32>,
    /// What is wanted instead.
    pub fix: String,
    /// Commands that do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cli: Option<String>,
    /// Who answers for it, where it is waived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived_by: Option<String>,
    /// Facts that are missing, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// Stable over runs.
    pub fingerprint: String,
}

/// What happens to a resource in a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// What takes its place is there and does.
    Ready,
    /// A replica has to take over.
    ToPromote,
    /// A recovery point has to be restored.
    ToRestore,
    /// What takes its place is there, and has to be started or made larger.
    ToStart,
    /// Requests have to be led to what takes its place, by hand.
    ToSwitch,
    /// Nothing takes its place yet, and code makes it.
    ToRebuild,
    /// Nothing takes its place, and no code is known that makes it.
    Missing,
    /// It cannot be told.
    Unknown,
    /// A blocker stands in its way.
    Blocked,
}

impl StepState {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ToPromote => "to promote",
            Self::ToRestore => "to restore",
            Self::ToStart => "to start",
            Self::ToSwitch => "to switch",
            Self::ToRebuild => "to rebuild",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Blocked => "blocked",
        }
    }
}

/// One resource on its way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// From 1, in the order of the recovery.
    pub number: u32,
    /// From 1: what has the same number can be done at the same time.
    pub layer: u32,
    /// What is lost.
    pub resource: GraphResource,
    /// What it is: `database`, `load-balancer`.
    pub class: String,
    /// What happens to it.
    pub state: StepState,
    /// The same in words: `promote orders-db-replica`.
    pub how: String,
    /// Id of what takes its place. Absent: there is none, or it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Other applications need it, too.
    pub shared: bool,
    /// Numbers of the steps that come first.
    pub waits_for: Vec<u32>,
    /// Numbers of the blocked steps that it stands behind, directly or by way of others.
    pub behind: Vec<u32>,
    /// How long it takes at least, seconds. Absent: nothing tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// What tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// A resource that takes no part in the recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// What it is.
    pub resource: GraphResource,
    /// Why it is left out.
    pub why: String,
}

/// How much data is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Data {
    /// The worst of what the configuration can claim.
    pub floor: Loss,
    /// The worst of what would be lost now.
    pub now: Loss,
    /// What may be lost, seconds.
    pub objective_seconds: Option<u64>,
    /// What was lost in the newest drill that passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// Everything that holds data.
    pub resources: Vec<DataRow>,
}

/// How much data of one resource is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataRow {
    /// Number of its step.
    pub step: u32,
    /// For people.
    pub name: String,
    /// By what it comes back: `replica`, `recovery-point`. Absent: by nothing that is known.
    pub mechanism: Option<String>,
    /// What the configuration can claim.
    pub floor: Loss,
    /// What would be lost now.
    pub now: Loss,
    /// It is made to be lost, such as a cache: it does not count.
    pub disposable: bool,
}

/// How much data may be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Loss {
    /// There is no data, or none that counts.
    #[default]
    None,
    /// What was written in so many seconds.
    Seconds {
        /// How many.
        seconds: u64,
    },
    /// What was on its way: copies follow as fast as they can, and nothing bounds how far they are behind.
    Asynchronous,
    /// It cannot be told.
    Unknown {
        /// Why.
        why: String,
    },
    /// All of it, or nobody knows how much.
    Unbounded {
        /// Why.
        why: String,
    },
}

/// How long recovery takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Time {
    /// The sum of what is known along the longest way through the steps, seconds: it takes longer than that.
    pub floor_seconds: u64,
    /// How long it may take, seconds.
    pub objective_seconds: Option<u64>,
    /// How long it took in the newest drill that passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// Numbers of the steps on that way.
    pub path: Vec<u32>,
    /// Numbers of the steps that something has to be done for, and of which nothing tells how long that takes.
    pub without_a_number: Vec<u32>,
}

/// What a drill has shown, or an activation of the region by Region switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// What has shown it.
    pub by: MeasuredBy,
    /// Id of the drill, or of the execution.
    pub id: String,
    /// When it was over.
    pub at: Timestamp,
    /// How long, seconds.
    pub seconds: u64,
    /// Nothing was left out. False: it is that much at least.
    pub whole: bool,
}

/// What times a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasuredBy {
    /// A drill, or an outage, that is on record.
    Drill,
    /// An execution of a plan of Region switch.
    RegionSwitch,
}

/// Passing verdicts by how they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Seen in the running estate.
    pub observed: usize,
    /// Measured: a restore, a lag.
    pub measured: usize,
    /// Declared by code.
    pub declared: usize,
    /// Somebody answers for it.
    pub attested: usize,
}

/// What changed since an earlier record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Since {
    /// When that was made.
    pub at: Timestamp,
    /// What it said.
    pub decision: Decision,
    /// Blockers that it does not know.
    pub new: Vec<String>,
    /// Blockers that it knows and that are gone.
    pub gone: Vec<String>,
}
