//! One instance of a resource block.

use serde_json::Value;

use super::address;
use super::mapping::Type;
use crate::collect::terraform::provider::Told;
use crate::model::{Action, Change};

/// One instance of a resource block, with what it is before and after.
#[derive(Debug)]
pub(super) struct Instance {
    pub address: String,
    /// Address of its module instance; empty for the root module.
    pub module: String,
    pub kind: &'static Type,
    pub name: String,
    /// Its key in `count` or `for_each`, as written in an address.
    pub key: Option<String>,
    /// The provider that manages it: its key in the configuration, or its address in a state. Empty: the file does not
    /// say, because it is in the code no more, or because it is a state as `show -json` writes it.
    pub provider: String,
    /// The code gives it a region that is not that of its provider, and that may not be known yet.
    pub sets_region: bool,
    /// A plan that is not complete leaves it out: the code has it, and whether it is there is not known.
    pub left_out: bool,
    /// It stands for what is not managed here and is built of its parts only: the lists of which each part is an item.
    pub lacks: Option<Vec<&'static str>>,
    /// What the provider knows it by.
    pub identity: Told<String>,
    /// Index of what the plan deletes under another address, and what this has the name of.
    pub replaces: Option<usize>,
    /// Blocks that it was made after, as the state says: a module, a type and a name, with dots.
    pub depends_on: Vec<String>,
    pub change: Option<Change>,
    pub before: Value,
    /// What of `before` is not told.
    pub unknown_before: Value,
    pub after: Value,
    /// What of `after` is known only after apply, or not told.
    pub unknown: Value,
}

impl Instance {
    /// Type and name, as the configuration knows it.
    pub(super) fn block(&self) -> String {
        format!("{}.{}", self.kind.name, self.name)
    }

    /// The address of its block, without the keys of modules: as `depends_on` of a state names it.
    pub(super) fn block_address(&self) -> String {
        let modules = address::calls(&self.module).into_iter().map(|call| format!("module.{}.", call.name));
        modules.chain([self.block()]).collect()
    }

    /// The plan does something to it.
    pub(super) fn is_changed(&self) -> bool {
        self.action().is_some_and(|action| action != Action::NoOp)
    }

    pub(super) fn action(&self) -> Option<Action> {
        self.change.as_ref().map(|change| change.action)
    }
}
