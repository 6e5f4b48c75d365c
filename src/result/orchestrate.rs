//! The preflight of a payload of the AWS DR Orchestrator Framework, and a payload that was made.

use indexmap::IndexMap;
use serde::Serialize;

use super::Decision;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The step fails, hangs, does nothing, or destroys what it should save.
    Fatal,
    /// It is not known whether something is wrong.
    Unknown,
    /// The step goes through, and something is worse than it should be.
    Risk,
}

impl Weight {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fatal => "fatal",
            Self::Unknown => "unknown",
            Self::Risk => "risk",
        }
    }
}

/// Something about a payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PayloadFinding {
    /// The problem: `missing-parameter`.
    pub id: &'static str,
    /// How much it weighs.
    pub weight: Weight,
    /// The answer hangs on it. So it does on all that is fatal, and on what is unknown and would be fatal.
    pub decides: bool,
    /// JSON pointer to where it stands: `/StatePayload/0/resources/1/resourceType`. Empty: the payload as a whole.
    pub pointer: String,
    /// The line there, from 1. None: the payload was not read as text.
    pub line: Option<u32>,
    /// `resourceName` of the step.
    pub step: Option<String>,
    /// What is wrong, or not known.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// What a look at a payload before it is run has found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preflight {
    /// Whether it can be run.
    pub answer: Decision,
    /// The state machine that it is for: `FAILOVER` or `FAILBACK`.
    pub machine: &'static str,
    /// The region in which it is to be run. None: neither the payload nor anybody else says.
    pub region: Option<String>,
    /// Layers of it.
    pub layers: usize,
    /// Steps of it.
    pub steps: usize,
    /// How many findings are fatal.
    pub fatal: usize,
    /// How many are risks.
    pub risks: usize,
    /// How many are not known.
    pub unknown: usize,
    /// In the order of the payload; of one place the weightiest first.
    pub findings: Vec<PayloadFinding>,
    /// What holds of the framework whatever the payload says, as far as it bears on its steps.
    pub notes: Vec<&'static str>,
    /// What no inventory tells, so that nobody looked at it.
    pub not_looked_at: &'static str,
    /// The payload with what can be put right without knowing more. None: there is nothing of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Payload>,
}

/// A payload as the framework reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Payload {
    /// Run one after the other, in this order.
    #[serde(rename = "StatePayload")]
    pub layers: Vec<PayloadLayer>,
}

/// A layer of a payload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PayloadLayer {
    /// From 1. The framework does not read it.
    pub layer: usize,
    /// Run side by side.
    pub resources: Vec<PayloadStep>,
}

/// A step of a payload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PayloadStep {
    /// What is done: `PromoteRDSReadReplica`.
    pub resource_type: String,
    /// For people.
    pub resource_name: String,
    /// In the order of the framework's samples.
    pub parameters: IndexMap<String, String>,
}

/// A payload that was made of an estate, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Orchestration {
    /// Whether it recovers all that it has to, as far as anybody knows.
    pub answer: Decision,
    /// The region in which it is to be run.
    pub region: String,
    /// What the framework is given. None: something was refused, or there is nothing that it could do.
    pub payload: Option<Payload>,
    /// What has to be in it and cannot be, and why.
    pub refused: Vec<NotOrchestrated>,
    /// What the framework has no step for, and why.
    pub left_out: Vec<NotOrchestrated>,
    /// What a look at it has found: of a FAILOVER risks and what is not known, for what is fatal was refused; of a FAILBACK
    /// all of it, as things stand now.
    pub findings: Vec<PayloadFinding>,
    /// What is to be verified behind its steps.
    pub verify: Vec<Proof>,
}

/// A check of `seaworthy verify` that belongs behind a step: whether what was promoted takes writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Name of the step that it stands behind.
    pub after: String,
    /// Name of the check.
    pub check: String,
    /// How it is declared under `checks` of the application. None: it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declaration: Option<String>,
}

/// Resources that a payload does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotOrchestrated {
    /// What they are: `DynamoDB table`.
    pub what: String,
    /// Why they are not in it.
    pub why: String,
    /// Their names, sorted.
    pub names: Vec<String>,
}
