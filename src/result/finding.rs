//! A verdict with everything that a reader needs.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, EvidenceKind, Outcome, PolicyInfo, Remediation};
use crate::model::{Action, Confidence, EdgeClass, Location, Rel, Severity, Shared};

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
    pub fix: Option<Arc<Remediation>>,
    /// What it is about. A resource has many findings.
    pub resource: Shared<ResourceRef>,
    /// The line of code to point at: the attribute's, else the block's header.
    pub location: Option<Box<Location>>,
    /// Stable over runs: policy, canonical resource, fact. Hexadecimal.
    pub fingerprint: String,
    /// What the change has to do with it, if a plan was judged.
    pub change: Option<FindingChange>,
    /// The waiver that it matched, expired or not.
    pub waiver: Option<Box<WaiverRef>>,
    /// Of a blocker: what stays down as long as it is there.
    pub behind: Option<Box<Behind>>,
}

/// What stands behind a blocker: the blast radius.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Behind {
    /// How many resources: they need the resource of the blocker, directly or by way of others. At most about 1,000 are
    /// counted.
    pub count: usize,
    /// The nearest of them, at most 20.
    pub nearest: Vec<BehindResource>,
}

/// A resource that stands behind a blocker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehindResource {
    /// ARN, or the Terraform address where the ARN is not known.
    pub id: String,
    /// `aws.ecs.service`.
    pub kind: String,
    /// The identifier that people use.
    pub name: String,
    /// Empty where unknown, or where it lives once an account.
    pub region: String,
    /// The edge between it and what it waits for: the resource of the finding, or another one that stands behind it. One
    /// end is this resource. Reports of versions before this one have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<BehindEdge>,
}

/// An edge on the way from a blocker to what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehindEdge {
    /// Id of the resource where it starts.
    pub from: String,
    /// What that is to the other end: `connects-to`. Absent: the other end stands in for it in the recovery region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rel: Option<Rel>,
    /// Id of the resource where it ends.
    pub to: String,
    /// What the edge is for.
    pub class: EdgeClass,
    /// How it is known.
    pub confidence: Confidence,
    /// The fact that says so, of either end: `encryption.key`. `links` is what the provider or the code states.
    pub field: String,
    /// The part of the resource that says so, where several could: `container api, environment DB_HOST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
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
