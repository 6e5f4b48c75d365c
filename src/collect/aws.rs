//! The live AWS collectors: one file a service, and a runner that knows of accounts, regions, retries and errors.
//!
//! A collector says what it reads and with which permissions, lists, describes, and normalizes. It knows nothing of
//! retries, regions, accounts or concurrency. To add one: its file, its `mod` line and its row in [`COLLECTORS`].

mod accounts;
mod classify;
mod collector;
mod connect;
mod error;
mod kms;
mod organization;
mod outcome;
mod rds;
mod read;
mod regions;
mod run;
mod values;

pub(crate) use collector::{Collector, Context, Scope, Sink, Spec, Trouble, TroubleClass, client};
pub use error::AwsError;
pub use run::{CollectOptions, Progress, collect};

/// Every collector, by service.
pub(crate) static COLLECTORS: &[&dyn Collector] = &[&kms::Kms, &rds::Rds];
