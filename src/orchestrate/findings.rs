//! Findings as they come together.

use super::json::Node;
use crate::result::{Decision, PayloadFinding, Weight};

#[derive(Debug, Default)]
pub(super) struct Findings {
    pub all: Vec<PayloadFinding>,
}

/// Where something stands in the payload.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub pointer: String,
    pub line: u32,
    /// `resourceName` of the step.
    pub step: Option<String>,
}

/// What findings come to.
pub(super) struct Weighed {
    pub answer: Decision,
    pub fatal: usize,
    pub risks: usize,
    pub unknown: usize,
}

impl Spot {
    pub(super) fn of(node: &Node, step: Option<&str>) -> Self {
        Self { pointer: node.pointer.clone(), line: node.line, step: step.map(str::to_owned) }
    }
}

impl Findings {
    pub(super) fn fatal(&mut self, id: &'static str, at: &Spot, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(id, Weight::Fatal, true, at, message.into(), remedy.into());
    }

    pub(super) fn risk(&mut self, id: &'static str, at: &Spot, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(id, Weight::Risk, false, at, message.into(), remedy.into());
    }

    /// Not known, and fatal if it were so.
    pub(super) fn open(&mut self, id: &'static str, at: &Spot, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(id, Weight::Unknown, true, at, message.into(), remedy.into());
    }

    /// Not known, and no more than a risk if it were so.
    pub(super) fn doubt(&mut self, id: &'static str, at: &Spot, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(id, Weight::Unknown, false, at, message.into(), remedy.into());
    }

    /// What they come to, and how many of them are fatal, risks and open.
    pub(super) fn weighed(&self) -> Weighed {
        let of = |weight: Weight| self.all.iter().filter(|finding| finding.weight == weight).count();
        let (fatal, risks, unknown) = (of(Weight::Fatal), of(Weight::Risk), of(Weight::Unknown));
        let answer = match () {
            () if fatal > 0 => Decision::NoGo,
            () if self.all.iter().any(|finding| finding.decides) => Decision::CannotTell,
            () => Decision::Go,
        };
        Weighed { answer, fatal, risks, unknown }
    }

    /// By place, of one place the weightiest first.
    pub(super) fn sort(&mut self) {
        self.all.sort_by_key(|found| (found.line, found.weight));
    }

    fn add(&mut self, id: &'static str, weight: Weight, decides: bool, at: &Spot, message: String, remedy: String) {
        let Spot { pointer, line, step } = at.clone();
        self.all.push(PayloadFinding { id, weight, decides, pointer, line: Some(line), step, message, remedy });
    }
}
