//! What the reader should know beside the verdicts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// How much it matters.
    pub level: NoticeLevel,
    /// A sentence, without a full stop.
    pub text: String,
}

impl Notice {
    /// Something is to be done about it.
    pub fn warning(text: impl Into<String>) -> Self {
        Self { level: NoticeLevel::Warning, text: text.into() }
    }

    /// For information.
    pub fn note(text: impl Into<String>) -> Self {
        Self { level: NoticeLevel::Note, text: text.into() }
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeLevel {
    /// Something is to be done about it.
    Warning,
    /// For information.
    Note,
}

impl NoticeLevel {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
