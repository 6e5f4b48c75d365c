//! What a policy says of one resource.

use regorus::Value;

/// What a policy says of a resource, before it is put into words.
pub(super) enum Said {
    Fail(Vec<Value>),
    /// The same, by nothing but rules that warn.
    Warn(Vec<Value>),
    /// Nodes that would have to be known.
    Unknown(Vec<usize>),
    Pass,
    NotApplicable,
    /// Only the running estate can answer, and there is none to ask.
    ForTheRunning,
    Error(String),
}
