//! The finished result of a run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ApplicationResult, ChangeSummary, Finding, FrameworkReport, Gate, PolicyInfo, Summary};
use crate::model::{Coverage, Notice, Timestamp};

/// Everything that a reporter may say.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Version of the tool that judged.
    pub tool_version: String,
    /// The clock of the run.
    pub generated_at: Timestamp,
    /// What was judged: `aws`, `terraform-plan plan.json`.
    pub sources: Vec<String>,
    /// When the newest of it was collected.
    pub collected_at: Timestamp,
    /// The one-line answer, decided by `assess`.
    pub answer: Answer,
    /// Whether the run passed.
    pub gate: Gate,
    /// The numbers.
    pub summary: Summary,
    /// Applications of the configuration, by name.
    pub applications: Vec<ApplicationResult>,
    /// Every policy of the run, hits or not, by id.
    pub policies: Vec<PolicyInfo>,
    /// The frameworks by whose requirements it is to be told, in the order in which they were asked for.
    pub frameworks: Vec<FrameworkReport>,
    /// The verdicts that are shown (`--show`), sorted: outcome, severity, policy id, resource id, fact.
    pub verdicts: Vec<Finding>,
    /// All of it, sorted.
    pub coverage: Vec<Coverage>,
    /// What the reader should know of the configuration before the findings: what it names and the estate does not
    /// have, what it hardly means, and defaults that were used. Sorted.
    pub configuration: Vec<Notice>,
    /// What else the reader should know: merged files, expiring waivers. Sorted.
    pub notices: Vec<Notice>,
    /// What a plan does, if a plan was judged.
    pub change: Option<ChangeSummary>,
    /// What tells these plans or states from those of other runs over the same repository: `stacks/orders`.
    pub stack: Option<String>,
}

impl Report {
    /// The policy of one of its findings.
    pub fn policy(&self, finding: &Finding) -> &PolicyInfo {
        &self.policies[finding.policy]
    }
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it comes to.
    pub kind: AnswerKind,
    /// `NOT RECOVERABLE in us-west-2: 3 blockers stand in the way of 2 of 3 applications`.
    pub sentence: String,
}

/// What the first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// No blocker, and everything was seen that could hide one.
    Recoverable,
    /// A blocker stands in the way.
    NotRecoverable,
    /// What was seen does not decide it.
    CannotTell,
}
