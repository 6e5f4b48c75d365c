//! What a plan does to everything that Terraform manages, understood here or not. `terraform plan` says how many
//! resources it adds; a report that counts only those that it judges has to say where the others are.

use std::collections::BTreeMap;

use super::Action;

/// What a plan does, by what becomes of it here. Rows that change nothing are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Which of several plans it is.
    pub stack: Option<String>,
    /// Resources of the inventory, by Terraform address.
    pub resources: BTreeMap<String, Action>,
    /// Parts of other resources, such as the versioning of a bucket: they are judged as what they are a part of.
    pub parts: BTreeMap<Action, usize>,
    /// Resources of types that are not mapped.
    pub not_understood: BTreeMap<Action, usize>,
}

impl Planned {
    /// What it does to a resource for which another plan speaks counts as a part of what that plan does.
    pub fn give_up(&mut self, address: &str) {
        if let Some(action) = self.resources.remove(address) {
            *self.parts.entry(action).or_default() += 1;
        }
    }
}
