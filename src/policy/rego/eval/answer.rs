//! What an evaluation comes to, if not to a value.

use crate::policy::rego::at::At;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Fault {
    /// What the policy does is wrong: `policies/a.rego:3: …`.
    Error(String),
    /// It takes too long, or too much.
    Limit(String),
    /// The solution that was looked for is found. It never leaves this stage.
    Enough,
}

impl Fault {
    /// With the place where it came about, if nothing says it yet.
    pub(super) fn at(self, at: &At) -> Self {
        let placed = |message: String| if message.contains(".rego:") { message } else { format!("{at}: {message}") };
        match self {
            Self::Error(message) => Self::Error(placed(message)),
            Self::Limit(message) => Self::Limit(placed(message)),
            Self::Enough => Self::Enough,
        }
    }
}

pub(crate) type Answer<T> = Result<T, Fault>;
