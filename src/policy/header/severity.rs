//! Severity and blocker of a policy, by DR pattern.

use serde::Deserialize;

use crate::model::{Pattern, Severity};

/// One severity, or one for each pattern.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected low, medium, high or critical as severity, or one for each pattern, as in '{default: high, pilot-light: none}'"
)]
pub(crate) enum SeverityRule {
    One(Severity),
    ByPattern(ByPattern),
}

/// Severity by DR pattern. `none`: the question does not arise under that pattern.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ByPattern {
    pub default: Severity,
    pub backup_restore: Option<SeverityOrNone>,
    pub pilot_light: Option<SeverityOrNone>,
    pub warm_standby: Option<SeverityOrNone>,
    pub active_active: Option<SeverityOrNone>,
}

/// A severity, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SeverityOrNone {
    None,
    Low,
    Medium,
    High,
    Critical,
}

impl SeverityOrNone {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::None => None,
            Self::Low => Some(Severity::Low),
            Self::Medium => Some(Severity::Medium),
            Self::High => Some(Severity::High),
            Self::Critical => Some(Severity::Critical),
        }
    }
}

impl SeverityRule {
    /// Without a pattern.
    pub(crate) fn default(&self) -> Severity {
        match self {
            Self::One(severity) => *severity,
            Self::ByPattern(by) => by.default,
        }
    }

    /// Under a pattern; `None` if the question does not arise there.
    pub(crate) fn under(&self, pattern: Option<Pattern>) -> Option<Severity> {
        let Self::ByPattern(by) = self else { return Some(self.default()) };
        let stated = match pattern {
            None => None,
            Some(Pattern::BackupRestore) => by.backup_restore,
            Some(Pattern::PilotLight) => by.pilot_light,
            Some(Pattern::WarmStandby) => by.warm_standby,
            Some(Pattern::ActiveActive) => by.active_active,
        };
        stated.map_or(Some(by.default), SeverityOrNone::severity)
    }
}

/// Whether a failure is a blocker: always, never, or under the patterns that are listed.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected true, false or a list of backup-restore, pilot-light, warm-standby, active-active"
)]
pub(crate) enum BlockerRule {
    Always(bool),
    Under(Vec<Pattern>),
}

impl Default for BlockerRule {
    fn default() -> Self {
        Self::Always(false)
    }
}

impl BlockerRule {
    /// Under a pattern. Where none is stated, nothing is promised that only some patterns promise.
    pub(crate) fn under(&self, pattern: Option<Pattern>) -> bool {
        match self {
            Self::Always(blocks) => *blocks,
            Self::Under(patterns) => pattern.is_some_and(|pattern| patterns.contains(&pattern)),
        }
    }

    /// Under some pattern.
    pub(crate) fn ever(&self) -> bool {
        match self {
            Self::Always(blocks) => *blocks,
            Self::Under(patterns) => !patterns.is_empty(),
        }
    }
}
