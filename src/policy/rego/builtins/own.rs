//! Builtins of OPA that regorus lacks, or answers otherwise.

mod collections;
mod common;
mod crypto;
mod encoding;
mod format;
mod glob;
mod json;
mod layout;
mod net;
mod parse;
mod quoted;
mod re2;
mod regex;
mod semver;
mod sum;
mod text;
mod time;

pub(super) use collections::is_within;
pub(super) use common::Function;
use common::{Entry, text};
use quoted::quoted;
use regorus::Value;
use regorus::unstable::BUILTINS;

const OWN: &[&[Entry]] = &[
    collections::FUNCTIONS,
    crypto::FUNCTIONS,
    encoding::FUNCTIONS,
    format::FUNCTIONS,
    glob::FUNCTIONS,
    json::FUNCTIONS,
    net::FUNCTIONS,
    regex::FUNCTIONS,
    text::FUNCTIONS,
    time::FUNCTIONS,
    &[("print", 1, |_| Ok(Value::Bool(true)))],
];

pub(super) fn find(name: &str) -> Option<Entry> {
    OWN.iter().copied().flatten().find(|(own, ..)| *own == name).copied()
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OWN.iter().copied().flatten().map(|(name, ..)| *name).filter(|name| !BUILTINS.contains_key(name))
}
