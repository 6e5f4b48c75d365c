//! Collect: what exists, and what could we not see? Each source fills one [`Inventory`](crate::model::Inventory).
//!
//! Only this stage knows SDKs and Terraform's JSON. A source never drops anything in silence: what could not be read
//! is coverage, or an unknown fact with its reason.

pub(crate) mod actions;
#[cfg(feature = "aws")]
pub mod aws;
pub(crate) mod caches;
pub(crate) mod containers;
pub(crate) mod dns;
pub(crate) mod kubernetes;
pub(crate) mod lifecycles;
pub(crate) mod machines;
pub(crate) mod mentions;
pub(crate) mod network;
pub mod overlay;
pub mod permissions;
pub(crate) mod routes;
mod selections;
pub(crate) mod settings;
pub mod source;
pub(crate) mod stores;
pub mod terraform;
