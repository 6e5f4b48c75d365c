//! The verdict: what a policy says of one resource. The currency between judge, assess and report.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a policy says of a resource that it applies to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What is known decides it: the problem is there.
    Fail,
    /// What is known does not decide it.
    Unknown,
    /// The policy itself failed.
    Error,
    /// It fails, and somebody answers for it.
    Waived,
    /// What is known decides it: the problem is not there.
    Pass,
    /// The question does not arise for this resource.
    NotApplicable,
}

impl Outcome {
    /// In the order in which reports list them.
    pub const ALL: [Self; 6] = [Self::Fail, Self::Unknown, Self::Error, Self::Waived, Self::Pass, Self::NotApplicable];

    /// As it is written in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Error => "error",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// How a verdict is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The running estate was looked at.
    #[default]
    Observed,
    /// Something was measured: a restore, or how far a replica is behind.
    Measured,
    /// Code says that it will be so. That it works, nobody has seen.
    Declared,
    /// Somebody answers for it until a date, because nothing that was looked at tells it.
    Attested,
}

impl EvidenceKind {
    /// As it is written in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Measured => "measured",
            Self::Declared => "declared",
            Self::Attested => "attested",
        }
    }
}

/// Why a verdict is what it is, in facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// How it is known.
    #[serde(skip_serializing_if = "is_observed")]
    pub kind: EvidenceKind,
    /// Path of the fact that decided: `backup.retention_days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
    /// What it would have to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<Value>,
    /// What else the policy looked at.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub details: Map<String, Value>,
    /// For an unknown verdict: paths of the facts that are missing, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

fn is_observed(kind: &EvidenceKind) -> bool {
    *kind == EvidenceKind::Observed
}

/// A fact that a policy read and that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Path of the fact.
    pub fact: String,
    /// Why it is not known.
    pub reason: String,
}

/// What a policy says of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Index into the run's policies.
    pub policy: usize,
    /// Index into the run's resources.
    pub resource: usize,
    /// What the policy says.
    pub outcome: Outcome,
    /// For this resource: by the pattern of its applications, and the configuration's overrides.
    pub severity: crate::model::Severity,
    /// One sentence for people, without a full stop.
    pub message: String,
    /// The facts behind it.
    pub evidence: Evidence,
    /// The policy's remediation with these facts in it, if it has places for them and it fails.
    pub fix: Option<Arc<super::Remediation>>,
}
