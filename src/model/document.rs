//! A Terraform plan as the policies of others expect it: what `terraform show -json` writes, without what is secret.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What a plan or a state may have at its top, below `input` in a policy.
/// <https://developer.hashicorp.com/terraform/internals/json-format>
pub const SECTIONS: [&str; 19] = [
    "action_invocations",
    "applyable",
    "checks",
    "complete",
    "configuration",
    "deferred_action_invocations",
    "deferred_changes",
    "errored",
    "format_version",
    "output_changes",
    "planned_values",
    "prior_state",
    "relevant_attributes",
    "resource_changes",
    "resource_drift",
    "terraform_version",
    "timestamp",
    "values",
    "variables",
];

/// A plan or a state that policies are asked about as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Id of the resource that stands for it in the inventory, of kind `terraform.plan`.
    pub id: String,
    /// Which of several plans it is.
    pub stack: Option<String>,
    /// Addresses of all of its resources.
    pub addresses: BTreeSet<String>,
    /// Addresses of those that the plan does something to.
    pub changed: BTreeSet<String>,
    /// Addresses in the code of modules, which are relative to them and may be those of other resources, too.
    pub relative: BTreeSet<String>,
    /// What it holds.
    pub root: Part,
    /// What it would hold if the plan did nothing. None: it is no plan.
    pub before: Option<Part>,
    /// What is not known in it, by the numbers in [`Part::Unknown`].
    pub unknown: Vec<Gap>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// All of it is known.
    Known(Value),
    /// There is something, and nobody knows what. The number of its gap.
    Unknown(usize),
    /// A text was taken away because it is secret.
    Secret {
        /// The number of its gap.
        gap: usize,
        /// What the text holds, if it is JSON, without what is secret in that.
        inside: Option<Box<Self>>,
    },
    /// A list.
    List(Vec<Self>),
    /// An object.
    Map(BTreeMap<String, Self>),
}

/// Something that is not known in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// What it is: `aws_db_instance.main.kms_key_id`.
    pub fact: String,
    /// Why it is not known.
    pub reason: &'static str,
}

impl Part {
    /// Whether nothing of it is missing.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// A list of these items.
    pub fn list(items: Vec<Self>) -> Self {
        if items.iter().all(Self::is_known) {
            return Self::Known(items.into_iter().filter_map(Self::known).collect());
        }
        Self::List(items)
    }

    /// An object of these members.
    pub fn map(members: BTreeMap<String, Self>) -> Self {
        if members.values().all(Self::is_known) {
            let known = |(name, member): (String, Self)| Some((name, member.known()?));
            return Self::Known(Value::Object(members.into_iter().filter_map(known).collect()));
        }
        Self::Map(members)
    }

    fn known(self) -> Option<Value> {
        if let Self::Known(value) = self { Some(value) } else { None }
    }
}
