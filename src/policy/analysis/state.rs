//! What is known while rules are looked through.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Module, Rule};

use super::super::header::Custom;
use super::super::schema::{Nodes, Schema};

/// What a rule reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// Every node that is read, with what is above it, and below it if it is read whole.
    pub all: Nodes,
    /// Those of them whose absence could make the rule fire.
    pub sensitive: Nodes,
    /// The deepest nodes that are read, to be named when they are unknown.
    pub named: BTreeSet<usize>,
    /// Those of them that decide whether the rule fires, and not only what it says.
    pub deciding: BTreeSet<usize>,
}

impl Reads {
    pub(crate) fn extend(&mut self, other: &Self) {
        self.all.extend(&other.all);
        self.sensitive.extend(&other.sensitive);
        self.named.extend(&other.named);
        self.deciding.extend(&other.deciding);
    }
}

/// What a rule reads or asks in vain.
#[derive(Debug)]
pub(crate) enum Mistake {
    /// A path that is not in the model.
    Path { file: String, line: u32, path: String, nearest: Option<String> },
    /// Something that comes out the same for every resource.
    Nonsense { file: String, line: u32, message: String },
}

/// Finds what rules read, over all modules that they may call.
pub(crate) struct Analysis<'m> {
    pub(super) schema: &'m Schema,
    /// Id and parameters of the policy whose rules are looked at.
    pub(super) own: Option<&'m Custom>,
    /// Definitions by full name: `data.seaworthy.lib.text.join`.
    pub(super) rules: BTreeMap<String, Vec<(&'m Module, &'m Rule)>>,
}

/// What a name stands for within a body.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// Nodes of the input.
    Input(Vec<usize>),
    /// Something computed.
    Other,
}

#[derive(Clone)]
pub(super) struct BodyContext<'m> {
    pub(super) module: &'m Module,
    pub(super) package: String,
    pub(super) names: BTreeMap<String, Meaning>,
    pub(super) sensitive: bool,
    pub(super) depth: usize,
    /// Comparisons are looked at. Those in functions are not: a function may be for several types.
    pub(super) checks: bool,
}
