//! How to fix it, as a header says it.

use serde::Deserialize;

/// How to fix it. Facts of a finding fill places in it, see [`remedy`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Remediation {
    pub summary: String,
    pub console: String,
    pub cli: String,
    pub terraform: String,
}
