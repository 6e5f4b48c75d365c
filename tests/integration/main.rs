//! The whole tool, from the outside: one test target, a module a subject.

mod cli;
mod schema;
mod terraform;
mod tool;
