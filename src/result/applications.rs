//! The applications of an estate, and what belongs to none.

use std::collections::BTreeMap;

use serde::Serialize;

use super::GraphResource;

/// What belongs where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applications {
    /// In the order of the configuration.
    pub applications: Vec<ApplicationSize>,
    /// What holds data and belongs to no application, sorted by id: nobody said how much of it may be lost.
    pub unassigned: Vec<Unassigned>,
}

/// An application, and how much it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ApplicationSize {
    /// As the configuration has it.
    pub name: String,
    /// How it is to be recovered: `pilot-light`. None: neither it nor the defaults say.
    pub pattern: Option<String>,
    /// How much data may be lost: `15m`.
    pub rpo: Option<String>,
    /// How long recovery may take: `1h`.
    pub rto: Option<String>,
    /// How long backups are to be kept: `35d`.
    pub retention: Option<String>,
    /// What it selects, and all that this needs in order to come back.
    pub resources: usize,
    /// Those among them that hold data.
    pub stateful: usize,
    /// Those among them that another application needs, too.
    pub shared: usize,
    /// Accounts and regions that they are in: `111122223333 us-east-1`.
    pub places: Vec<String>,
    /// How many there are of each kind.
    pub kinds: BTreeMap<String, usize>,
}

/// Something that holds data and belongs to no application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unassigned {
    /// Which it is.
    #[serde(flatten)]
    pub resource: GraphResource,
    /// Why it may belong to one after all: its tags were not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<String>,
}
