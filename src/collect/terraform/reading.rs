//! What was read of a plan or a state.

use std::collections::BTreeMap;

use super::error::TerraformError;
use super::mapping::Types;
use super::place::Witness;
use super::values::LONGEST;
use super::world::Stack;
use crate::collect::terraform::instance::Instance;
use crate::model::Action;
use crate::text::clip;

/// What was read of a file.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) stack: Stack,
    pub(super) not_understood: Counts,
    /// What the plan does to those.
    pub(super) planned: BTreeMap<Action, usize>,
    /// Changes that wait for the next plan.
    pub(super) deferred: usize,
    pub(super) deposed: usize,
    /// What of the plan was not read, or is not done by it, in words.
    pub(super) incomplete: Vec<String>,
    /// What else the reader should know.
    pub(super) notes: Vec<String>,
    /// What data sources say of the places of providers.
    pub(super) witnesses: Vec<Witness>,
}

/// Counts by type.
pub(super) type Counts = BTreeMap<String, usize>;

impl Reading {
    pub(super) fn new(types: &'static Types) -> Self {
        Self {
            stack: Stack::new(types),
            not_understood: Counts::new(),
            planned: BTreeMap::new(),
            deferred: 0,
            deposed: 0,
            incomplete: Vec::new(),
            notes: Vec::new(),
            witnesses: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, instance: Instance) -> Result<(), TerraformError> {
        let Instance { address, module, name, key, .. } = &instance;
        let names = [address, module, name].into_iter().chain(key).map(String::len);
        let moved = instance.change.as_ref().and_then(|change| change.moved_from.as_ref()).map(String::len);
        match names.chain(moved).max() {
            Some(length) if length > LONGEST => {
                Err(TerraformError::TooLong { part: clip(address, 60).into_owned(), length })
            }
            _ => {
                self.stack.instances.push(instance);
                Ok(())
            }
        }
    }

    pub(super) fn not_understood(&mut self, terraform_type: &str) {
        *self.not_understood.entry(clip(terraform_type, 255).into_owned()).or_default() += 1;
    }
}
