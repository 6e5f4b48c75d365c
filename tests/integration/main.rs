//! The whole tool, from the outside: one test target, a module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail as tests do")]

mod answers;
mod browser;
mod changes;
mod ci;
mod cli;
mod corpus;
mod drill;
mod hostile;
mod house;
mod law;
#[cfg(feature = "aws")]
mod live;
mod matrix;
#[cfg(feature = "aws")]
mod moto;
#[cfg(feature = "aws")]
mod opa;
#[cfg(feature = "aws")]
mod python;
mod questions;
mod ready;
#[cfg(feature = "aws")]
mod recorded;
#[cfg(feature = "aws")]
mod schedules;
mod schema;
#[cfg(unix)]
mod terminal;
mod terraform;
mod three_gaps;
mod tool;
#[cfg(feature = "verify")]
mod verify;
