//! Seaworthy: can this estate be recovered in its recovery region, and what stands in the way?
//!
//! ```text
//!  sources ──► model ──► link ──► judge ──► assess ──► report
//!  collect/    model/    link/    policy/   assess/    report/
//! ```
//!
//! Dependencies point one way. Only `collect` imports an SDK, only `policy` imports regorus, only `report` and
//! `main.rs` write to a stream.

pub mod assess;
pub mod cli;
pub mod collect;
pub mod config;
pub mod link;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod policy;
mod providers;
pub mod report;
pub mod result;
pub mod text;
