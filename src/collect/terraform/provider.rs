//! What the reader has to know of a provider: names, and functions that read a place out of a value. What is made of
//! its types is said in `maps.rs`.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A provider whose types are understood. Each has a folder of its own, and the reader is given the value.
#[derive(Debug)]
pub(super) struct Provider {
    /// What code calls it, and what states call it before version 0.13.
    pub name: &'static str,
    /// Its addresses in the registries of Terraform and OpenTofu.
    pub addresses: &'static [&'static str],
    /// How the names of its types begin, those that are not understood included.
    pub prefix: &'static str,
    /// Attributes that are read of every type.
    pub common: &'static [&'static str],
    /// The attribute of its types that holds the global id: an id that means the same thing wherever it is used.
    pub global_id: &'static str,
    /// Whether a text is a global id.
    pub is_global_id: fn(&str) -> bool,
    /// The place that a global id names.
    pub place_of_id: fn(&str) -> Told<&str>,
    /// The region that the attributes of a resource tell. The second argument is the attribute with the global id.
    pub region: for<'v> fn(&'v Value, &str) -> Option<&'v str>,
    /// Whether a text that stands for a region is one.
    pub is_region: fn(&str) -> bool,
    /// Whether a text that stands for an account is one.
    pub is_account: fn(&str) -> bool,
    /// The argument that gives a resource another region than that of its provider.
    pub region_argument: &'static str,
    /// Whether a resource or data source leaves the region of its provider, by its type and its expressions in the code.
    pub leaves_region: fn(&str, &RawValue) -> serde_json::Result<bool>,
    /// What the identity of an object tells, by each of its members. Terraform has identities since version 1.12.
    /// <https://developer.hashicorp.com/terraform/internals/json-format#change-representation>
    pub identity: for<'v> fn(&'v Value) -> Vec<Told<&'v str>>,
    /// What an object tells of the place of its provider, by its type, whether it is a data source, and its attributes.
    /// Its type need not be understood.
    pub witness: fn(&str, bool, &RawValue) -> Option<Told<String>>,
    /// What the expressions of a provider block say.
    pub block: fn(&RawValue) -> serde_json::Result<Says>,
    /// Types with attributes that are secret, and that plans of Terraform before 0.15 do not mark.
    pub secrets: &'static [(&'static str, &'static [&'static str])],
    /// Attributes that the provider copies to another, where no mark says that they are sensitive.
    pub copies: &'static [(&'static str, &'static str)],
    /// Types that stay as they are where Terraform deletes them: the provider only forgets them then.
    pub outlive: &'static [&'static str],
    /// Whether a block is a name and a value that a program is handed in its environment.
    pub is_variable: fn(&Map<String, Value>) -> bool,
}

impl Provider {
    /// Whether it has that address or that bare name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.addresses.contains(&name)
    }
}

/// What something tells of where it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told<T> {
    pub account: Option<T>,
    pub region: Option<T>,
}

/// What a provider block says of where it works: expressions, as a plan writes them. Credentials stand in such a block,
/// too, and are never read.
#[derive(Debug, Default)]
pub(super) struct Says {
    pub region: Option<Value>,
    /// Where the account may be read from, the best first.
    pub accounts: Vec<AccountFrom>,
    /// Roles that it takes on. They are only ever compared.
    pub roles: Value,
    /// The name of the credentials that it takes. It is no secret, and only ever compared.
    pub credentials: Option<Value>,
    /// Something in it leads into another account than that of its credentials, or may do so.
    pub leads_elsewhere: bool,
    /// The tags of all its resources.
    pub default_tags: Option<Value>,
}

/// An expression that tells an account.
#[derive(Debug)]
pub(super) struct AccountFrom {
    pub expression: Value,
    /// Reads the account out of the value of the expression.
    pub read: fn(&Value) -> Option<String>,
}
