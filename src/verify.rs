//! Verify: does an application work, now that it was recovered? The checks of the configuration are asked in order, each until
//! it passes or its time is over. They change nothing, and contact only what the configuration names.
//!
//! A check that failed does not end the run: who stands in the middle of a recovery wants to know all that does not work yet.
//! To add a kind: its struct in `src/config/checks/`, its file here, its `mod` line, and its row in `ask`.

#[cfg(feature = "verify")]
mod attempt;
#[cfg(feature = "verify")]
mod database;
#[cfg(feature = "verify")]
mod dns;
#[cfg(feature = "verify")]
mod http;
mod plan;
#[cfg(feature = "verify")]
mod presented;
#[cfg(feature = "verify")]
mod proxy;
#[cfg(feature = "verify")]
mod role;
#[cfg(feature = "verify")]
mod roots;
#[cfg(feature = "verify")]
mod run;
#[cfg(feature = "verify")]
mod secret;
#[cfg(feature = "verify")]
mod tcp;
#[cfg(feature = "verify")]
mod tls;
#[cfg(feature = "verify")]
mod writer;

pub use plan::{Plan, VerifyError, plan};
#[cfg(feature = "verify")]
pub use run::{Limits, run};
