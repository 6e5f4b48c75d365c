//! The kinds of resources and how they hang together: what a kind is, declared once, a file for each service.

mod aws;
mod class;
mod drills;
mod info;
mod kind;
mod registry;
mod rel;
mod terraform;

pub use class::Class;
pub use info::KindInfo;
pub(crate) use info::{ArnForm, OptIn, Replicas, Rule};
pub use kind::Kind;
pub use registry::KINDS;
pub(crate) use rel::First;
pub use rel::{Confidence, EdgeClass, Rel};
