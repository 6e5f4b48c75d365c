//! The preflight of a plan of ARC Region switch, and a plan that was made.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::{Decision, NotOrchestrated, PayloadFinding, Proof, StepState};
use crate::model::Timestamp;

/// What a look at a plan before it is executed has found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanPreflight {
    /// Whether it can be executed.
    pub answer: Decision,
    /// `region-switch`.
    pub target: &'static str,
    /// What it is called.
    pub name: Option<String>,
    /// Its ARN. None: it is not made yet.
    pub arn: Option<String>,
    /// Its regions.
    pub regions: Vec<String>,
    /// Where the application runs as long as nothing happens.
    pub primary_region: Option<String>,
    /// Workflows of it.
    pub workflows: usize,
    /// Steps of it, those in parallel blocks as well.
    pub steps: usize,
    /// How many findings are fatal.
    pub fatal: usize,
    /// How many are risks.
    pub risks: usize,
    /// How many are not known.
    pub unknown: usize,
    /// In the order of the plan; of one place the weightiest first.
    pub findings: Vec<PayloadFinding>,
    /// What comes back with the application and no step brings back.
    pub uncovered: Vec<Uncovered>,
    /// What AWS itself says of the plan. None: the estate does not have it.
    pub aws: Option<Evaluation>,
    /// What holds of Region switch whatever the plan says, as far as it bears on its steps.
    pub notes: Vec<&'static str>,
    /// What no inventory tells, so that nobody looked at it.
    pub not_looked_at: &'static str,
}

/// Resources of an application that come back without a step of the plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Uncovered {
    /// Of the configuration.
    pub application: String,
    /// Where they come back.
    pub region: String,
    /// What is to be done for them.
    pub state: StepState,
    /// What they are: `KMS key`.
    pub what: String,
    /// Their names, sorted.
    pub names: Vec<String>,
}

/// What Region switch found when it evaluated a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// `passed`, `actionrequired`, `pendingevaluation` or `unknown`. None: it was not read.
    pub state: Option<String>,
    /// When it looked.
    pub at: Option<Timestamp>,
    /// The version of the plan that it looked at.
    pub version: Option<String>,
    /// What it warns of.
    pub warnings: Vec<AwsWarning>,
    /// Quotas that it finds too low.
    pub quotas: Vec<String>,
    /// Where it says otherwise than we do, and why.
    pub differences: Vec<String>,
}

/// A warning of Region switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwsWarning {
    /// Name of the step that it is about. None: the plan as a whole.
    pub step: Option<String>,
    /// ARN of what it is about.
    pub resource: Option<String>,
    /// In its own words.
    pub message: String,
    /// What we say of the same.
    pub ours: String,
}

/// A plan as `create-plan` takes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchPlan {
    /// Unique in the account.
    pub name: String,
    /// For people.
    pub description: String,
    /// The role that Region switch takes on.
    pub execution_role: String,
    /// Two of them.
    pub regions: Vec<String>,
    /// `activeActive` or `activePassive`.
    pub recovery_approach: String,
    /// Where the application runs as long as nothing happens. None: it runs in both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_region: Option<String>,
    /// How long the recovery may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_time_objective_minutes: Option<u64>,
    /// By name.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub associated_alarms: IndexMap<String, Value>,
    /// What is executed.
    pub workflows: Vec<SwitchWorkflow>,
}

/// A workflow of a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchWorkflow {
    /// `activate`, `deactivate` or `postRecovery`.
    pub workflow_target_action: String,
    /// None: any region of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_target_region: Option<String>,
    /// For people.
    pub workflow_description: String,
    /// Run one after the other.
    pub steps: Vec<SwitchStep>,
}

/// A step of a workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchStep {
    /// For people.
    pub name: String,
    /// `EC2AutoScaling`.
    pub execution_block_type: String,
    /// One member, that of the type.
    pub execution_block_configuration: IndexMap<String, Value>,
}

/// A plan that was made of an estate, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MadePlan {
    /// Whether it recovers all that it has to, as far as anybody knows.
    pub answer: Decision,
    /// The region in which the application is to come back.
    pub region: String,
    /// What `create-plan` is given. None: something was refused, or there is nothing that it could do.
    pub plan: Option<SwitchPlan>,
    /// What has to be in it and cannot be, and why.
    pub refused: Vec<NotOrchestrated>,
    /// What it has no step for, and why.
    pub left_out: Vec<NotOrchestrated>,
    /// What a look at it has found.
    pub findings: Vec<PayloadFinding>,
    /// What comes back with the application and no step brings back.
    pub uncovered: Vec<Uncovered>,
    /// What is to be verified behind its steps.
    pub verify: Vec<Proof>,
    /// What else is to be known.
    pub notes: Vec<String>,
}
