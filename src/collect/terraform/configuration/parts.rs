//! What is kept of the configuration.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;

use super::provider::ProviderBlock;

/// How far a value is followed through module variables and outputs, and one reference after the other.
pub(in crate::collect::terraform) const MAX_HOPS: usize = 16;

#[derive(Debug, Deserialize)]
pub(super) struct VariableFile {
    #[serde(default)]
    pub(super) default: Value,
    #[serde(default)]
    pub(super) sensitive: bool,
}

/// The configuration, by module path.
#[derive(Debug)]
pub(in crate::collect::terraform) struct Configuration {
    pub(super) providers: BTreeMap<String, ProviderBlock>,
    pub(super) modules: HashMap<String, Module>,
    /// Values of the root module's variables.
    pub(super) variables: HashMap<String, Value>,
}

/// A module as it is written, whatever number of times it is called.
#[derive(Debug, Default)]
pub(in crate::collect::terraform) struct Module {
    pub(super) resources: HashMap<String, Block>,
    /// Arguments and `for_each` of the modules that it calls.
    pub calls: HashMap<String, (Value, Option<Value>)>,
    pub outputs: HashMap<String, Value>,
    /// Its variables.
    pub(super) variables: HashMap<String, VariableFile>,
}

/// A resource block.
#[derive(Debug, Default)]
pub(in crate::collect::terraform) struct Block {
    /// There is one of it whatever is set: neither it nor a module around it is counted.
    pub always: bool,
    /// The key of its provider in `provider_config`.
    pub provider: String,
    /// Its region is not simply that of its provider.
    pub sets_region: bool,
    /// The expressions of the attributes that are mapped.
    pub expressions: Value,
    pub for_each: Option<Value>,
}
