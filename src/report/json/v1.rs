//! Version 1 of the JSON report, frozen: fields may be added, and none may be renamed, removed or change its meaning.
//! The rest of the crate may move on; only the conversions here follow.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::framework::FrameworkV1;
use crate::model::{Action, CoverageStatus, Extent, FailOn, GateScope, NoticeLevel, Severity, Timestamp};
use crate::result::{AnswerKind, Behind, ChangeStatus, EvidenceKind, GateStatus, Outcome, Reach};

/// What `schema` says.
pub(crate) const SCHEMA: &str = "seaworthy.report/v1";

type Text<'a> = Cow<'a, str>;
type Texts<'a> = Cow<'a, [String]>;

// `V` is a list of verdicts; when writing, it makes them one by one.
/// A report of seaworthy.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Report")]
pub(crate) struct ReportV1<'a, V> {
    /// Always `seaworthy.report/v1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: Text<'a>,
    /// What wrote it.
    pub tool: ToolV1<'a>,
    /// When it was judged.
    pub generated_at: Timestamp,
    /// When the newest of the evidence was collected.
    pub collected_at: Timestamp,
    /// What was judged: `aws`, `terraform-plan plan.json`.
    pub sources: Texts<'a>,
    /// The answer in one line.
    pub answer: AnswerV1<'a>,
    /// Whether the run passed.
    pub gate: GateV1<'a>,
    /// The numbers, over all verdicts, listed or not.
    pub summary: SummaryV1<'a>,
    /// Applications of the configuration, by name.
    pub applications: Vec<ApplicationV1<'a>>,
    /// Every policy of the run, by id.
    pub policies: Vec<PolicyV1<'a>>,
    /// How the estate stands by each requirement of the frameworks that `--framework` asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frameworks: Vec<FrameworkV1<'a>>,
    /// The verdicts that `--show` asks for.
    pub verdicts: V,
    /// What was seen, and what was not.
    pub coverage: Vec<CoverageV1<'a>>,
    /// What the reader should know besides.
    pub notices: Vec<NoticeV1<'a>>,
    /// What a plan does, if a plan was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeV1<'a>>,
    /// What tells these plans or states from those of other runs over the same repository: `stacks/orders`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<Text<'a>>,
}

/// What wrote the report.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ToolV1<'a> {
    /// `seaworthy`.
    pub name: Text<'a>,
    pub version: Text<'a>,
}

/// The answer.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct AnswerV1<'a> {
    pub kind: AnswerKind,
    /// One line for people.
    pub sentence: Text<'a>,
}

/// The gate.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct GateV1<'a> {
    pub passed: bool,
    /// What came of it. A result that an earlier version stored has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<GateStatus>,
    /// 0 passed, 1 gate failed, 2 a policy errored, 3 nothing to judge, 4 evidence incomplete under `--strict`.
    pub exit_code: u8,
    /// From which severity on a failed policy fails the gate.
    pub fail_on: FailOn,
    /// Unknown verdicts and incomplete coverage fail it too.
    pub strict: bool,
    /// Which failed policies of a change count.
    pub scope: GateScope,
    /// One line for people.
    pub sentence: Text<'a>,
}

/// The numbers.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct SummaryV1<'a> {
    pub resources: usize,
    pub accounts: usize,
    pub regions: usize,
    /// Verdicts by outcome.
    pub outcomes: Cow<'a, BTreeMap<Outcome, usize>>,
    /// Failed verdicts by severity.
    pub failed: Cow<'a, BTreeMap<Severity, usize>>,
    /// By area of policies.
    pub areas: Vec<AreaV1<'a>>,
    /// Resources that nothing here understands, by their type.
    pub not_understood: Cow<'a, BTreeMap<String, usize>>,
    /// Verdicts that pass because code declares it: nobody has seen it run.
    #[serde(default)]
    pub declared: usize,
    /// Verdicts that pass because somebody answers for it.
    #[serde(default)]
    pub attested: usize,
    /// Questions that were not asked because only the running estate can answer them. They count as not applicable.
    #[serde(default)]
    pub for_the_running: usize,
}

/// How one area stands.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct AreaV1<'a> {
    pub area: Text<'a>,
    pub pass: usize,
    pub fail: usize,
    pub unknown: usize,
    pub waived: usize,
    /// pass / (pass + fail + waived), percent, rounded down. `null` where nothing was decided.
    pub score: Option<u8>,
    /// (pass + fail + waived) / (pass + fail + waived + unknown), percent, rounded down: how much of the area the score
    /// speaks of. `null` where nothing was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<u8>,
}

/// How one application stands.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ApplicationV1<'a> {
    pub name: Text<'a>,
    pub resources: usize,
    /// Failed policies that make its recovery impossible.
    pub blockers: usize,
    pub failed: usize,
    pub unknown: usize,
}

/// A policy of the run.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct PolicyV1<'a> {
    pub id: Text<'a>,
    pub area: Text<'a>,
    /// States the problem.
    pub title: Text<'a>,
    /// What it means for recovery.
    pub description: Text<'a>,
    /// Where no pattern and no override says otherwise.
    pub severity: Severity,
    /// A failure makes recovery impossible, not merely slower, at least under some patterns.
    pub blocker: bool,
    pub remediation: RemediationV1<'a>,
    /// Controls by framework.
    pub frameworks: Cow<'a, BTreeMap<String, Vec<String>>>,
    /// Links to read on.
    pub references: Texts<'a>,
    /// Kinds of resources that it applies to.
    pub kinds: Texts<'a>,
    /// Values of its parameters in this run.
    pub parameters: Cow<'a, BTreeMap<String, Value>>,
}

/// How to fix a problem. What is missing is empty.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct RemediationV1<'a> {
    pub summary: Text<'a>,
    pub console: Text<'a>,
    pub cli: Text<'a>,
    pub terraform: Text<'a>,
}

/// What one policy says of one resource.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct VerdictV1<'a> {
    /// Id of the policy.
    pub policy: Text<'a>,
    pub verdict: Outcome,
    /// For this resource: by its application's pattern, or by the configuration.
    pub severity: Severity,
    /// It makes recovery impossible.
    pub blocker: bool,
    /// One sentence, without a full stop.
    pub message: Text<'a>,
    pub evidence: EvidenceV1<'a>,
    pub resource: ResourceV1<'a>,
    /// Of a blocker: what stays down as long as it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<Cow<'a, Behind>>,
    /// How to fix it on this resource, where that says more than the policy's own remediation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<RemediationV1<'a>>,
    /// Stable over runs: policy, resource, fact.
    pub fingerprint: Text<'a>,
    /// What the plan has to do with it, if a plan was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<VerdictChangeV1>,
    /// The waiver that it matched; an expired one does not waive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverV1<'a>>,
}

/// Why a verdict is what it is.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct EvidenceV1<'a> {
    /// How it is known: observed in the running estate, measured, declared by code, or attested by a person.
    #[serde(default)]
    pub kind: EvidenceKind,
    /// Path of the fact that decided: `backup.retention_days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Text<'a>>,
    /// What it is.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub actual: Option<Cow<'a, Value>>,
    /// What it would have to be.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub required: Option<Cow<'a, Value>>,
    /// What else the policy looked at.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub details: Cow<'a, Map<String, Value>>,
    /// Facts that an unknown verdict misses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingV1<'a>>,
}

/// A fact that a policy read and that is not known.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct MissingV1<'a> {
    pub fact: Text<'a>,
    pub reason: Text<'a>,
}

/// The resource of a verdict.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ResourceV1<'a> {
    /// ARN, or the Terraform address where the ARN is not known.
    pub id: Text<'a>,
    pub kind: Text<'a>,
    pub name: Text<'a>,
    /// Empty where unknown.
    pub account: Text<'a>,
    /// Empty where unknown, or where it lives once an account.
    pub region: Text<'a>,
    /// Applications that it belongs to.
    pub applications: Texts<'a>,
    /// Which of several plans or states it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<Text<'a>>,
    /// Terraform address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text<'a>>,
    /// Line of code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationV1<'a>>,
}

/// A line of a file, counted from 1.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct LocationV1<'a> {
    /// Relative to the source directory.
    pub file: Text<'a>,
    pub line: u32,
    /// From where to where the attribute or block goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// Inside a downloaded module that is called at `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<Box<Self>>,
}

/// What the plan has to do with a verdict.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct VerdictChangeV1 {
    pub status: ChangeStatus,
    /// The verdict before the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Outcome>,
    /// What the plan does to the resource, if it touches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
}

/// A waiver.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct WaiverV1<'a> {
    pub reason: Text<'a>,
    pub owner: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensating_control: Option<Text<'a>>,
    /// It is no waiver of a failure: somebody answers for what nobody could look at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attests: bool,
    /// The last day on which it counts. An entry of the baseline has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<jiff::civil::Date>,
    /// It expired, so the verdict counts again.
    pub expired: bool,
    /// Where it stands: `waivers.yaml:12`, `main.tf:41` or `baseline`.
    pub from: Text<'a>,
}

/// How the collection of one service in one place ended.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct CoverageV1<'a> {
    pub account: Text<'a>,
    /// Empty for services that live once an account.
    pub region: Text<'a>,
    /// `*` for all of them.
    pub service: Text<'a>,
    pub status: CoverageStatus,
    /// For `partial`: kinds whose list is not complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<Text<'a>>,
    /// The call that was refused or failed: `rds:DescribeDBInstances`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text<'a>>,
    /// When it was collected.
    pub at: Timestamp,
}

/// Something that the reader should know.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct NoticeV1<'a> {
    pub level: NoticeLevel,
    pub text: Text<'a>,
    /// What it is about, where that is something of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<AboutV1>,
}

/// What a notice is about.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AboutV1 {
    /// The configuration: read it before the verdicts.
    Configuration,
}

/// What a plan does.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct ChangeV1<'a> {
    /// One line for people.
    pub sentence: Text<'a>,
    /// Failed policies that were not so before, and that nothing covers.
    pub introduced: usize,
    /// As `introduced`, covered by a waiver.
    #[serde(default)]
    pub waived: usize,
    /// As `introduced`, covered by the baseline.
    #[serde(default)]
    pub in_baseline: usize,
    /// Verdicts that are unknown and were not so before.
    #[serde(default)]
    pub unknown: usize,
    pub fixed: usize,
    pub existing: usize,
    /// Policies that passed before and cannot be told any more.
    #[serde(default)]
    pub lost: usize,
    /// Resources by what is done to them.
    pub actions: Cow<'a, BTreeMap<Action, usize>>,
    /// Everything that the plan does, and what became of it here.
    #[serde(default, skip_serializing_if = "nothing")]
    pub reach: Cow<'a, BTreeMap<Action, Reach>>,
    /// The same of each plan, where there are several. The numbers add up to those above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PlanV1<'a>>,
}

/// What the change does to the resources of one of several plans.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct PlanV1<'a> {
    /// Its stack. Not there: what no plan manages, and the live estate has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Text<'a>>,
    /// Its sentence goes on after `plan orders: `.
    pub change: ChangeV1<'a>,
}

fn nothing(reach: &BTreeMap<Action, Reach>) -> bool {
    reach.is_empty()
}

fn is_empty(details: &Map<String, Value>) -> bool {
    details.is_empty()
}

/// A `null` that is there is evidence: the fact is known to be absent.
fn some<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'static, Value>>, D::Error> {
    Value::deserialize(deserializer).map(|value| Some(Cow::Owned(value)))
}
