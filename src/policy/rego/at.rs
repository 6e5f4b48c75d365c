//! A place in a policy.

use std::fmt;

/// Where something stands: `policies/team.rego:12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub file: String,
    pub line: u32,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
