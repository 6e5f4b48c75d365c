//! What a reader is told of a policy.

use std::collections::BTreeMap;

use crate::model::Severity;

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
