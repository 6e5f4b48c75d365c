//! Reports: how a person or a machine reads the result. Every reporter gets the same immutable [`Report`].
//!
//! Only this stage and `main.rs` write to a stream. Verdicts come sorted; a reporter never reorders by anything that
//! could differ between two runs over the same input, and never decides anything (no gate, no severity, no filter).

mod csv;
mod github;
mod gitlab;
mod group;
pub mod json;
mod junit;
mod markdown;
mod phrase;
#[cfg(test)]
mod sample;
mod sarif;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{FailOn, GateScope, Severity};
use crate::model::{Action, Coverage, Location, Timestamp};
use crate::verdict::{Evidence, EvidenceKind, Outcome};

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

/// Whether the run passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The exit code is 0.
    pub passed: bool,
    /// What came of it, in a word.
    pub status: GateStatus,
    /// 0 passed, 1 gate failed, 2 a policy errored or the command line was wrong, 3 nothing to judge, 4 evidence incomplete under `--strict`.
    pub exit_code: u8,
    /// From which severity on a failed policy fails it.
    pub fail_on: FailOn,
    /// Unknown verdicts and incomplete coverage fail it too.
    pub strict: bool,
    /// Which failed policies of a change count.
    pub scope: GateScope,
    /// `gate failed: 1 critical and 9 high (--fail-on high), exit 1`.
    pub sentence: String,
}

/// What came of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateStatus {
    /// Nothing that counts failed.
    Passed,
    /// Something did, or the evidence is incomplete where it may not be, or a policy errored.
    Failed,
    /// No policy had anything to judge, so nothing passed and nothing failed.
    NothingToJudge,
}

impl GateStatus {
    /// Of an exit code.
    pub fn of(exit_code: u8) -> Self {
        match exit_code {
            0 => Self::Passed,
            3 => Self::NothingToJudge,
            _ => Self::Failed,
        }
    }

    /// What the gate's sentence begins with.
    pub fn words(self) -> &'static str {
        match self {
            Self::Passed => "gate passed",
            Self::Failed => "gate failed",
            Self::NothingToJudge => "nothing to judge",
        }
    }
}

/// The numbers. They cover every verdict, shown or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Resources that were judged.
    pub resources: usize,
    /// Accounts in which there are any.
    pub accounts: usize,
    /// Regions in which there are any.
    pub regions: usize,
    /// Number of verdicts by outcome; every outcome is there.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Number of failed verdicts by severity; every severity is there.
    pub failed: BTreeMap<Severity, usize>,
    /// By area, sorted.
    pub areas: Vec<AreaScore>,
    /// Resources that no collector or mapping understands, by type: `aws_foo` → 3.
    pub not_understood: BTreeMap<String, usize>,
    /// Verdicts that pass because code declares it: nobody has seen it run.
    pub declared: usize,
    /// Verdicts that pass because somebody answers for it.
    pub attested: usize,
    /// Questions that were not asked because only the running estate can answer them. They count as not applicable.
    pub for_the_running: usize,
}

/// How one area stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaScore {
    /// The folder of its policies.
    pub area: String,
    /// Verdicts that pass.
    pub pass: usize,
    /// Verdicts that fail.
    pub fail: usize,
    /// Verdicts that are unknown.
    pub unknown: usize,
    /// Verdicts that are waived.
    pub waived: usize,
    /// pass / (pass + fail + waived), percent, rounded down. None: nothing was decided.
    pub score: Option<u8>,
    /// (pass + fail + waived) / (pass + fail + waived + unknown), percent, rounded down: how much of the area the score
    /// speaks of. None: nothing was judged.
    pub decided: Option<u8>,
}

impl AreaScore {
    /// Score and share that is decided. An unknown verdict is neither a success nor a failure: it lowers the share that is
    /// decided, not the score.
    pub(crate) fn shares(pass: usize, fail: usize, unknown: usize, waived: usize) -> (Option<u8>, Option<u8>) {
        let decided = pass + fail + waived;
        (percent(pass, decided), percent(decided, decided + unknown))
    }
}

/// Rounded down, so that 100 means all. `None` of nothing.
fn percent(part: usize, whole: usize) -> Option<u8> {
    (part * 100).checked_div(whole).and_then(|percent| u8::try_from(percent).ok())
}

/// How one application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationResult {
    /// As the configuration calls it.
    pub name: String,
    /// Its resources.
    pub resources: usize,
    /// Failed policies that make its recovery impossible.
    pub blockers: usize,
    /// Failed policies, blockers included.
    pub failed: usize,
    /// Verdicts that are unknown.
    pub unknown: usize,
}

/// A policy, from its header.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyInfo {
    /// Kebab-case.
    pub id: String,
    /// The folder: `backup`, `replication`, …
    pub area: String,
    /// States the problem.
    pub title: String,
    /// What it means for recovery, one paragraph or more.
    pub description: String,
    /// Without a pattern.
    pub severity: Severity,
    /// A failure makes recovery impossible, not merely slower, at least under some patterns.
    pub blocker: bool,
    /// How to fix it.
    pub remediation: Remediation,
    /// Framework id → controls: `nist-800-53-r5` → [`CP-9`].
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// Links to read on.
    pub references: Vec<String>,
    /// Kind names it applies to.
    pub kinds: Vec<String>,
    /// Values of its parameters in this run.
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// How to fix a problem, by the tool that one has at hand. A missing one is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remediation {
    /// One line: `backup_retention_period = 7`.
    pub summary: String,
    /// In the provider's console.
    pub console: String,
    /// By the provider's command line.
    pub cli: String,
    /// In Terraform's code.
    pub terraform: String,
}

/// A verdict, with everything that a reader needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Index into [`Report::policies`].
    pub policy: usize,
    /// What the policy says, waivers applied.
    pub outcome: Outcome,
    /// For this resource.
    pub severity: Severity,
    /// A failure of this policy on this resource makes recovery impossible.
    pub blocker: bool,
    /// One sentence, without a full stop.
    pub message: String,
    /// Why, in facts.
    pub evidence: Evidence,
    /// How to fix it on this resource, where the facts say more than the policy alone. Else the policy's own counts.
    pub fix: Option<Box<Remediation>>,
    /// What it is about.
    pub resource: ResourceRef,
    /// Stable over runs: policy, canonical resource, fact. Hexadecimal.
    pub fingerprint: String,
    /// What the change has to do with it, if a plan was judged.
    pub change: Option<FindingChange>,
    /// The waiver that it matched, expired or not.
    pub waiver: Option<WaiverRef>,
}

/// The resource of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRef {
    /// ARN, or the Terraform address where the ARN is not known.
    pub id: String,
    /// `aws.rds.instance`.
    pub kind: String,
    /// The identifier that people use.
    pub name: String,
    /// Empty where unknown.
    pub account: String,
    /// Empty where unknown, or where it lives once an account.
    pub region: String,
    /// Applications that it belongs to.
    pub applications: Vec<String>,
    /// Which of several plans or states it stands in.
    pub stack: Option<String>,
    /// Terraform address.
    pub address: Option<String>,
    /// The line of code to point at: the attribute's, else the block's header.
    pub location: Option<Location>,
}

/// How a change bears on a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingChange {
    /// Whether the change did it.
    pub status: ChangeStatus,
    /// The verdict before the change. None: neither the resource nor the question was there.
    pub was: Option<Outcome>,
    /// What the plan does to the resource, if it touches it.
    pub action: Option<Action>,
}

impl Finding {
    /// How to fix it: by its own facts, else as its policy says.
    pub fn remediation<'a>(&'a self, policy: &'a PolicyInfo) -> &'a Remediation {
        self.fix.as_deref().unwrap_or(&policy.remediation)
    }

    /// Somebody answers for it, because nobody could look.
    pub fn is_attested(&self) -> bool {
        self.outcome == Outcome::Pass && self.evidence.kind == EvidenceKind::Attested
    }

    /// It was not so before the change.
    pub fn is_introduced(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.status == ChangeStatus::Introduced)
    }

    /// It passed before the change, and cannot be told any more.
    pub fn is_lost(&self) -> bool {
        self.outcome == Outcome::Unknown && self.change.as_ref().is_some_and(|change| change.was == Some(Outcome::Pass))
    }
}

/// Whether a finding is the change's doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeStatus {
    /// It was not so before.
    Introduced,
    /// It was so before.
    Existing,
    /// It was so before, and no longer is.
    Fixed,
}

impl ChangeStatus {
    /// The word for it in every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Introduced => "introduced",
            Self::Existing => "existing",
            Self::Fixed => "fixed",
        }
    }
}

/// What a plan does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSummary {
    /// `this change makes orders-db unrecoverable in us-west-2: it deletes orders-db-replica, its only copy there`.
    pub sentence: String,
    /// Failed policies that were not so before, and that nothing covers.
    pub introduced: usize,
    /// Failed policies that were not so before, and that a waiver covers.
    pub waived: usize,
    /// Failed policies that were not so before, and that the baseline covers.
    pub in_baseline: usize,
    /// Verdicts that are unknown and were not so before, those that passed among them.
    pub unknown: usize,
    /// Failed policies that no longer are.
    pub fixed: usize,
    /// Failed policies that were so before.
    pub existing: usize,
    /// Policies that passed before and cannot be told any more.
    pub lost: usize,
    /// Resources by what is done to them.
    pub actions: BTreeMap<Action, usize>,
    /// Everything that the plan does, and what became of it here.
    pub reach: BTreeMap<Action, Reach>,
    /// The same of each plan, where there are several.
    pub plans: Vec<PlanSummary>,
}

/// What the change does to the resources of one of several plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSummary {
    /// The stack: `stacks/orders`. None: what no plan manages, and the live estate has.
    pub plan: Option<String>,
    /// Its sentence goes on after `plan orders: `. It has no plans of its own.
    pub summary: ChangeSummary,
}

/// What became of the resources to which a plan does the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Reach {
    /// Of a kind that a policy of the run judges.
    pub judged: usize,
    /// Parts of others, judged as what they are a part of: the versioning of a bucket.
    pub parts: usize,
    /// Of types that no policy of the run judges.
    pub not_judged: usize,
    /// Left out by the filters.
    pub filtered: usize,
}

impl Reach {
    /// As many as Terraform counts.
    pub fn total(&self) -> usize {
        self.judged + self.parts + self.not_judged + self.filtered
    }
}

/// The waiver or the attestation that a finding matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverRef {
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Where it is tracked.
    pub ticket: Option<String>,
    /// What is done instead.
    pub compensating_control: Option<String>,
    /// It is no waiver of a failure: somebody answers for what nobody could look at.
    pub attests: bool,
    /// The last day on which it counts. None: an entry of the baseline, which has none.
    pub expires: Option<jiff::civil::Date>,
    /// It expired, so the finding counts again.
    pub expired: bool,
    /// `waivers.yaml:12`, `main.tf:41` or `baseline`.
    pub from: String,
}

impl WaiverRef {
    /// Nobody wrote it: the baseline took the problem as it was.
    pub fn is_of_the_baseline(&self) -> bool {
        self.from == "baseline"
    }
}

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// How much it matters.
    pub level: NoticeLevel,
    /// A sentence, without a full stop.
    pub text: String,
}

impl Notice {
    /// Something is to be done about it.
    pub fn warning(text: impl Into<String>) -> Self {
        Self { level: NoticeLevel::Warning, text: text.into() }
    }

    /// For information.
    pub fn note(text: impl Into<String>) -> Self {
        Self { level: NoticeLevel::Note, text: text.into() }
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeLevel {
    /// Something is to be done about it.
    Warning,
    /// For information.
    Note,
}

impl NoticeLevel {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// How to render, for reporters that have a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Render {
    /// Columns of the terminal; reporters for people fit into it.
    pub width: usize,
    /// Escape sequences for severity may be written.
    pub color: bool,
    /// Do not list findings: the answer and the gate are enough.
    pub quiet: bool,
    /// The table is to have a line a finding only.
    pub compact: bool,
    /// File that a cloud resource without code is pinned to in formats that need a file: the configuration's.
    pub fallback_file: String,
    /// SARIF lists waived results as suppressed.
    pub sarif_waived: bool,
    /// File that the `github` format appends the job's summary to: `$GITHUB_STEP_SUMMARY`.
    pub summary_file: Option<std::path::PathBuf>,
}

/// An output format.
pub trait Reporter: Sync {
    /// What is typed after `--format`.
    fn name(&self) -> &'static str;
    /// One line for `--help`.
    fn about(&self) -> &'static str;
    /// Writes the report. It must render mixed, empty, all-unknown and hostile reports, escaped for its reader.
    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Every output format, by name.
pub static REPORTERS: &[&dyn Reporter] = &[
    &csv::Csv,
    &github::GitHub,
    &gitlab::GitLab,
    &json::Json,
    &junit::JUnit,
    &markdown::Markdown,
    &sarif::Sarif,
    &table::Table,
];

/// The format of that name.
pub fn reporter(name: &str) -> Option<&'static dyn Reporter> {
    REPORTERS.iter().copied().find(|reporter| reporter.name() == name)
}
