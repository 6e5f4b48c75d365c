//! A payload as it comes together: steps with what they are of, and what is not in it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::model::Resource;
use crate::result::{NotOrchestrated, PayloadStep};

/// A step, and the position of what it recovers.
#[derive(Debug)]
pub(super) struct Draft {
    pub of: usize,
    pub account: Option<String>,
    pub step: PayloadStep,
}

/// What is not in the payload: names, by what they are and why.
#[derive(Debug, Default)]
pub(super) struct Rest(BTreeMap<(String, String), BTreeSet<String>>);

impl Rest {
    pub(super) fn add(&mut self, resource: &Resource, why: impl Into<String>) {
        let what = resource.kind.info().title.to_owned();
        self.0.entry((what, why.into())).or_default().insert(resource.name.clone());
    }

    pub(super) fn into_list(self) -> Vec<NotOrchestrated> {
        let all = self.0.into_iter();
        all.map(|((what, why), names)| NotOrchestrated { what, why, names: names.into_iter().collect() }).collect()
    }
}

/// A step with its parameters in the order in which they are given.
pub(super) fn step(
    kind: &str,
    name: &str,
    parameters: impl IntoIterator<Item = (&'static str, String)>,
) -> PayloadStep {
    let parameters: IndexMap<String, String> =
        parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    PayloadStep { resource_type: kind.to_owned(), resource_name: name.to_owned(), parameters }
}
