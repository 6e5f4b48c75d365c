//! What a rule comes to.

use super::super::value::{Doubt, Partial};

/// What a rule comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) value: Option<Partial>,
    /// The value is there only if these facts are as they may be.
    pub(super) missing: Option<Doubt>,
}
