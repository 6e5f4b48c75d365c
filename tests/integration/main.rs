//! The whole tool, from the outside: one test target, a module a subject.

mod ci;
mod cli;
mod corpus;
#[cfg(feature = "aws")]
mod moto;
mod schema;
mod terraform;
mod tool;
