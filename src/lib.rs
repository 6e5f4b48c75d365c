//! Seaworthy: can this estate be recovered in its recovery region, and what stands in the way?
//!
//! ```text
//!  sources ──► model ──► link ──► judge ──► assess ──► report
//!  collect/    model/    link/    policy/   assess/    report/
//! ```
//!
//! `pipeline.rs` goes that way. Imports point one way, too: `tests/integration/house.rs` has the order, and fails where
//! one does not keep to it. Only `collect` imports an SDK, only `policy` imports regorus, only `verify` imports
//! clients of other protocols, only `report` and `main.rs` write to a stream.

// The whole of what is joined, in one expectation.
#![cfg_attr(test, recursion_limit = "256")]

pub mod assess;
pub mod cli;
pub mod collect;
pub mod config;
pub mod drill;
mod kinds;
pub mod link;
pub mod model;
pub mod orchestrate;
pub mod output;
pub mod pipeline;
pub mod policy;
mod print;
mod providers;
pub mod readiness;
pub mod report;
pub mod result;
pub mod text;
pub mod verify;
