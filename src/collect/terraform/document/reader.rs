//! What is kept while a document is read.

use std::collections::HashMap;

use serde_json::Value;

use super::super::mapping::Types;
use super::taken::Taken;
use crate::model::Gap;

/// What is found in a document.
pub(super) struct Reader {
    pub(super) types: &'static Types,
    pub(super) gaps: Vec<Gap>,
    pub(super) numbers: HashMap<Gap, usize>,
    /// What of a resource is known only after apply, by address.
    pub(super) after_apply: HashMap<String, Value>,
    /// Names of the variables of the root module that the code calls sensitive.
    pub(super) sensitive: Vec<String>,
    /// Texts that were taken away, which may stand elsewhere, too.
    pub(super) taken: Taken,
}

impl Reader {
    pub(super) fn new(types: &'static Types) -> Self {
        Self {
            types,
            gaps: Vec::new(),
            numbers: HashMap::new(),
            after_apply: HashMap::new(),
            sensitive: Vec::new(),
            taken: Taken::default(),
        }
    }
}
