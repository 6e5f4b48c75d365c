//! The configuration: `seaworthy.yaml`. What the estate is, where it is to come back, and what is asked of it.
//!
//! Everything has a default, so that the tool works without a file. Unknown keys are errors.

mod check;
pub(crate) mod checks;
mod load;
mod notices;
mod one_or_many;
mod regions;
mod span;
pub(crate) mod yaml;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use check::{COMPUTE, is_account};
pub use checks::{
    Check, DatabaseCheck, DnsCheck, HttpCheck, HttpMethod, RecordKind, RoleCheck, SecretCheck, Statuses, TcpCheck,
    TlsCheck, WriterCheck,
};
pub(crate) use load::repository;
pub use load::{ConfigError, Loaded, NAMES};
pub use one_or_many::OneOrMany;
pub(crate) use regions::region_trouble;
pub use span::Span;

use crate::model::{FailOn, GateScope, Pattern, Severity};

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Where accounts come from. Default: the caller's own.
    pub accounts: Vec<Account>,
    /// Take the accounts from AWS Organizations.
    pub organization: Option<Organization>,
    /// Regions to collect. Default: every region that is enabled.
    pub regions: Vec<String>,
    /// Which region is to come back where.
    pub recovery: Vec<RecoveryPair>,
    /// What people say of the estate that nobody looked at.
    pub estate: Statement,
    /// Applications, by name.
    pub applications: IndexMap<String, Application>,
    /// Where the providers of Terraform plans work, by provider as Terraform writes it: `aws`, `aws.west`. It is taken
    /// where the plan itself does not tell.
    pub plans: BTreeMap<String, PlanPlace>,
    /// Objectives of whatever belongs to no application.
    pub defaults: Objective,
    /// Parameters of policies, by policy id and parameter name.
    pub parameters: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
    /// Severity by policy id. It replaces what the policy says, for every pattern.
    pub severity: BTreeMap<String, Severity>,
    /// What fails a run.
    pub gate: Gate,
    /// Rules about waivers.
    pub waivers: WaiverRules,
    /// The record of drills.
    pub drills: DrillRules,
}

impl Config {
    /// The pair by which what is in a region of an account comes back: that of the account goes before that of all.
    pub(crate) fn recovery_from(&self, account: &str, region: &str) -> Option<&RecoveryPair> {
        let pairs = || self.recovery.iter().filter(|pair| pair.from == region);
        let own = pairs().find(|pair| pair.account.as_deref() == Some(account));
        own.or_else(|| pairs().find(|pair| pair.account.is_none()))
    }
}

/// Where the record of drills is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrillRules {
    /// The file, relative to that of the configuration; or `s3://BUCKET/KEY`. Default: `drills.ndjson` beside it.
    pub record: Option<String>,
}

/// Where a provider of Terraform plans works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlanPlace {
    /// Twelve digits.
    pub account: Option<String>,
    /// The region.
    pub region: Option<String>,
}

/// An account to collect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// For people.
    #[serde(default)]
    pub name: Option<String>,
    /// ARN of the role to assume. Default: none for the caller's own account.
    #[serde(default)]
    pub role: Option<String>,
    /// The external id that the role's trust asks for.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Regions of this account. Default: those of the configuration.
    #[serde(default)]
    pub regions: Vec<String>,
}

/// Accounts from AWS Organizations. Only ACTIVE ones are collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Organization {
    /// Name of the role in every member account.
    pub role_name: String,
    /// The external id that the roles' trust asks for.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Ids of organizational units (or roots, or accounts) whose accounts are collected, those below them included.
    /// Default: all.
    #[serde(default)]
    pub include_units: Vec<String>,
    /// Ids of organizational units (or accounts) that are left out, those below them included.
    #[serde(default)]
    pub exclude_units: Vec<String>,
    /// The management account: `collect` it as the caller (a service-managed StackSet puts no role there), collect it
    /// by the `role`, or `skip` it.
    #[serde(default)]
    pub management_account: ManagementAccount,
}

/// What to do with the organization's management account.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ManagementAccount {
    /// With the caller's own credentials, if the caller is in it; else by the role.
    #[default]
    Collect,
    Role,
    Skip,
}

/// A region, and where it is to come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RecoveryPair {
    /// The region that may be lost.
    pub from: String,
    /// The region that takes over.
    pub to: String,
    /// Only for resources of this account. Default: every account.
    #[serde(default)]
    pub account: Option<String>,
    /// The account that takes over. Default: the resource's own.
    #[serde(default)]
    pub to_account: Option<String>,
    /// ARN of the role that restores there. Default: anybody of that account, as far as the policies of vaults and keys let
    /// the account as a whole.
    #[serde(default)]
    pub restore_role: Option<String>,
    /// Keys that stand in for keys: id, ARN or alias in `from` → id, ARN or alias in `to`.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
}

/// What somebody answers for instead of evidence. The answer names it wherever it rests on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Statement {
    /// Services of which the estate uses nothing, such as `dynamodb`, `efs` and `s3`, which no scan looks at; `compute`:
    /// nothing runs in it. It stands for looks that were not made, never for one that was denied or failed.
    pub without: Vec<String>,
    /// What runs is made anew in the recovery region, from code that is kept elsewhere. It stands for compute that was
    /// not seen, and for counterparts that a pattern does not ask for; where it does, they have to be there.
    pub compute_from_code: bool,
    /// Nothing of the estate stands that the plans or states of a run do not manage: what could stand in for something, use
    /// it, be a part of it or go with it, and is in none of them, is not there. It says nothing of what they refer to, nor
    /// where a plan leaves something out, nor of parts where there are several plans.
    pub all_in_code: bool,
    /// What whoever recovers needs first, by ARN or, of a bucket, by name: state of Terraform, pipelines, registries, roles for
    /// emergencies, alarms, reports. Readiness says which of it is in the region that is lost.
    pub rescue: Vec<String>,
}

/// An application: what belongs to it, and what is asked of it. A resource belongs to it if it matches all of the
/// selectors that are given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Application {
    /// Tag name → values, any of which matches; `*` and `?` are wildcards.
    pub tags: BTreeMap<String, OneOrMany>,
    /// Patterns of names or ids, any of which matches.
    pub names: Vec<String>,
    /// Only in these accounts.
    pub accounts: Vec<String>,
    /// Only in these regions.
    pub regions: Vec<String>,
    /// The DR strategy. Default, as for the three below: that of the configuration's `defaults`.
    pub pattern: Option<Pattern>,
    /// How much data may be lost: `15m`, `4h`, `1d`.
    pub rpo: Option<Span>,
    /// How long recovery may take.
    pub rto: Option<Span>,
    /// How long backups are to be kept: `35d`.
    pub retention: Option<Span>,
    /// What has to work once it was recovered, in order: `seaworthy verify` asks it.
    pub checks: Vec<Check>,
}

impl Application {
    /// What is asked of it, where it says so itself. The fields are not flattened from an [`Objective`], because serde
    /// then forgets on which line a wrong key or value stands.
    pub fn objective(&self) -> Objective {
        Objective { pattern: self.pattern, rpo: self.rpo, rto: self.rto, retention: self.retention }
    }
}

/// What is asked of an application's recovery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Objective {
    /// The DR strategy.
    pub pattern: Option<Pattern>,
    /// How much data may be lost: `15m`, `4h`, `1d`.
    pub rpo: Option<Span>,
    /// How long recovery may take.
    pub rto: Option<Span>,
    /// How long backups are to be kept: `35d`.
    pub retention: Option<Span>,
}

impl Objective {
    /// What is not asked is asked by the defaults.
    #[must_use]
    pub fn or(self, defaults: &Self) -> Self {
        Self {
            pattern: self.pattern.or(defaults.pattern),
            rpo: self.rpo.or(defaults.rpo),
            rto: self.rto.or(defaults.rto),
            retention: self.retention.or(defaults.retention),
        }
    }
}

/// What fails a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gate {
    /// Failed policies of this severity or above fail the gate. Default: high.
    pub fail_on: FailOn,
    /// Unknown verdicts and gaps in what was collected fail it too.
    pub strict: bool,
    /// Which failed policies of a change count.
    pub scope: GateScope,
}

/// Rules about waivers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WaiverRules {
    /// The longest time from today to a waiver's expiry.
    pub max_horizon: Span,
    /// Waivers that expire within this time are warned of.
    pub warn_before: Span,
    /// What to do about a waiver that matches nothing.
    pub unmatched: Unmatched,
    /// Whether `# seaworthy:ignore[…]` in `.tf` files counts.
    pub inline: Inline,
}

/// What to do about a waiver that matches nothing.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unmatched {
    #[default]
    Warn,
    Fail,
}

/// Whether waivers in `.tf` files count.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    #[default]
    Deny,
    /// Only with a ticket.
    RequireTicket,
    Allow,
}

impl Default for WaiverRules {
    fn default() -> Self {
        Self {
            max_horizon: Span::days(180),
            warn_before: Span::days(14),
            unmatched: Unmatched::default(),
            inline: Inline::default(),
        }
    }
}
