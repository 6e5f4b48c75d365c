//! What a record tells of drills, and of outages that were none.

use serde::{Deserialize, Serialize};

use super::Decision;
use crate::model::Timestamp;

/// One drill, or one recovery in earnest, as the record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drill {
    /// Application and start: `shop-20261130T103325Z`.
    pub id: String,
    /// What was recovered.
    pub application: String,
    /// Where.
    pub recovery_region: String,
    /// Whether it was only practised.
    pub kind: DrillKind,
    /// When the region was lost, or was taken for lost: times are counted from then.
    pub lost_at: Timestamp,
    /// When somebody began.
    pub started_at: Timestamp,
    /// When it was over. None: it runs.
    pub stopped_at: Option<Timestamp>,
    /// How it ended. None: it runs.
    pub outcome: Option<DrillOutcome>,
    /// When the application was back. None: it is not, or nobody said.
    pub recovered_at: Option<Timestamp>,
    /// How long it may take, seconds, as it was asked then.
    pub rto_seconds: Option<u64>,
    /// How much data may be lost, seconds, as it was asked then.
    pub rpo_seconds: Option<u64>,
    /// What readiness said when it began.
    pub readiness: Option<Decision>,
    /// Whether the steps are those of the recovery sequence, so that it is known which ones are missing.
    pub has_sequence: bool,
    /// What was to be done, and what was done, in the order of the recovery.
    pub steps: Vec<DrillStep>,
    /// What functional checks said last.
    pub checked: Option<Checked>,
    /// What people noted, in the order of the record.
    pub notes: Vec<DrillNote>,
}

/// Whether a recovery was practised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrillKind {
    /// Nothing was lost.
    #[default]
    Exercise,
    /// The region was lost.
    Outage,
}

impl DrillKind {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exercise => "exercise",
            Self::Outage => "outage",
        }
    }
}

/// How a drill ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrillOutcome {
    /// The application was back.
    Passed,
    /// It was not.
    Failed,
    /// It was broken off, which shows nothing.
    CalledOff,
}

impl DrillOutcome {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::CalledOff => "called off",
        }
    }
}

/// One step of a drill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DrillStep {
    /// Its number in the recovery sequence. None: it is none of that.
    pub number: Option<u32>,
    /// Steps of one layer can be made at the same time.
    pub layer: Option<u32>,
    /// Id (ARN) of the resource. None: it was called by a name only.
    pub id: Option<String>,
    /// For people.
    pub name: String,
    /// Data is lost with it.
    pub holds_data: bool,
    /// Nothing had to be done for it when the drill began.
    pub was_ready: bool,
    /// How far it is.
    pub state: DrillState,
    /// When somebody began it.
    pub begun_at: Option<Timestamp>,
    /// When it was done, failed or skipped.
    pub ended_at: Option<Timestamp>,
    /// When the newest data was written that was found in it.
    pub newest_data: Option<Timestamp>,
}

/// How far a step of a drill is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrillState {
    /// Nobody said anything of it.
    #[default]
    Open,
    /// Somebody works on it.
    Begun,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
    /// It was left out.
    Skipped,
}

impl DrillState {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What functional checks said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// When they were made.
    pub at: Timestamp,
    /// GO: all of them passed.
    pub decision: Decision,
    /// Names of those that did not.
    pub not_passed: Vec<String>,
}

/// What somebody noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrillNote {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<String>,
    /// Of which step. None: of the drill.
    pub step: Option<String>,
    /// What.
    pub text: String,
}

/// How much data was lost, as far as somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DrillLoss {
    /// The most of all that was looked at, seconds.
    pub seconds: u64,
    /// Everything that holds data was looked at: it is no more than that.
    pub whole: bool,
}

impl Drill {
    /// How long it took until the application was back, seconds.
    pub fn recovered_seconds(&self) -> Option<u64> {
        self.recovered_at.map(|at| since(self.lost_at, at))
    }

    /// How much data was lost. None: nobody looked.
    pub fn loss(&self) -> Option<DrillLoss> {
        let found = |step: &DrillStep| Some(since(step.newest_data?, self.lost_at));
        let seconds = self.steps.iter().filter_map(found).max()?;
        let mut data = self.steps.iter().filter(|step| step.holds_data);
        Some(DrillLoss { seconds, whole: self.has_sequence && data.all(|step| step.newest_data.is_some()) })
    }

    /// What did not work does not pass because somebody says so. `back`: when the application was back.
    pub(crate) fn may_pass(&self, back: Option<Timestamp>) -> Result<(), String> {
        if let Some(step) = self.steps.iter().find(|step| step.state == DrillState::Failed) {
            return Err(format!("step '{}' failed", step.name));
        }
        if let Some(checked) = self.checked.as_ref().filter(|checked| checked.decision != Decision::Go) {
            return Err(format!("its last checks did not pass: {}", checked.not_passed.join(", ")));
        }
        let is_later = |step: &&DrillStep| {
            step.state == DrillState::Done && step.ended_at.zip(back).is_some_and(|(ended, back)| ended > back)
        };
        match self.steps.iter().find(is_later).and_then(|step| Some((&step.name, step.ended_at?))) {
            Some((name, ended)) => Err(format!("it was not back before its step '{name}' was done at {ended}")),
            None => Ok(()),
        }
    }

    /// Steps for which something had to be done and of which nobody said that it was.
    pub fn open_steps(&self) -> impl Iterator<Item = &DrillStep> {
        self.steps.iter().filter(|step| !step.was_ready && matches!(step.state, DrillState::Open | DrillState::Begun))
    }
}

impl DrillStep {
    /// How long it took, seconds. None: nobody said when it began or when it was done.
    pub fn seconds(&self) -> Option<u64> {
        let done = self.ended_at.filter(|_| self.state == DrillState::Done)?;
        self.begun_at.map(|begun| since(begun, done))
    }
}

fn since(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.as_second() - from.as_second()).unwrap_or(0)
}

/// All drills that a record tells of, for `drill show`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrillHistory {
    /// Where the record is kept.
    pub record: String,
    /// The clock of the run.
    pub now: Timestamp,
    /// The drills with what they measured, oldest first.
    pub drills: Vec<DrillRow>,
}

/// A drill, with what it measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrillRow {
    /// What the record tells.
    #[serde(flatten)]
    pub drill: Drill,
    /// How long it took until the application was back, seconds.
    pub recovered_seconds: Option<u64>,
    /// How much data was lost.
    pub loss: Option<DrillLoss>,
}

impl From<Drill> for DrillRow {
    fn from(drill: Drill) -> Self {
        Self { recovered_seconds: drill.recovered_seconds(), loss: drill.loss(), drill }
    }
}
