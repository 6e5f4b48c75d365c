//! What a plan does, in numbers and in a sentence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Action;

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
