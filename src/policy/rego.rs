//! Rego over facts that may be unknown.
//!
//! The policies that users write are judged here: regorus parses them and has the builtin functions; this layer puts
//! them in order and runs them, with the semantics of OPA and a third answer beside yes and no. An engine that knows
//! values only would take what is missing out of ignorance for what is not there.

mod at;
mod builtins;
mod eval;
mod facts;
mod lower;
mod plan;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use builtins::IMPURE;
pub(crate) use eval::{Fault, Findings, Limits, Machine};
pub(crate) use facts::{document, input};
pub(crate) use lower::lower;
pub(crate) use plan::{Program, RuleId};
pub(crate) use value::{Doubt, Known, Partial, Truth};
