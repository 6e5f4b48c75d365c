//! How bad a failed policy is, by DR pattern, and when it counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad a failed policy is for recovery.
#[expect(missing_docs, reason = "the names say it")]
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    /// Worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// From which severity on a failed policy fails the gate.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    Critical,
    #[default]
    High,
    Medium,
    Low,
    Never,
}

impl FailOn {
    /// The least severity that fails the gate, if any does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Critical => Some(Severity::Critical),
            Self::High => Some(Severity::High),
            Self::Medium => Some(Severity::Medium),
            Self::Low => Some(Severity::Low),
            Self::Never => None,
        }
    }

    /// As it is written.
    pub fn word(self) -> &'static str {
        self.severity().map_or("never", Severity::word)
    }
}

/// The DR strategies, least demanding first.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    BackupRestore,
    PilotLight,
    WarmStandby,
    ActiveActive,
}

impl Pattern {
    /// Least demanding first.
    pub const ALL: [Self; 4] = [Self::BackupRestore, Self::PilotLight, Self::WarmStandby, Self::ActiveActive];

    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::BackupRestore => "backup-restore",
            Self::PilotLight => "pilot-light",
            Self::WarmStandby => "warm-standby",
            Self::ActiveActive => "active-active",
        }
    }
}

/// Which failed policies of a change count for the gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum GateScope {
    /// Those that the change introduces. Without a change, all.
    #[default]
    Introduced,
    /// All.
    All,
}
