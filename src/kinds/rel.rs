//! What one resource is to another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one resource is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rel {
    /// Its data is encrypted by that key.
    EncryptedBy,
    /// It follows that resource's data.
    ReplicaOf,
    /// It is a member of that cluster, global cluster or datastore.
    MemberOf,
    /// It is a backup, a snapshot or a job of that resource.
    BackupOf,
    /// It writes to, or is kept in, that vault.
    StoredIn,
    /// It copies recovery points to that vault.
    CopiesTo,
    /// It takes on that role.
    Assumes,
    /// It stands in that subnet.
    InSubnet,
    /// It uses that subnet group.
    InSubnetGroup,
    /// It trusts that cluster's OIDC issuer.
    TrustsIssuer,
}

/// Which end of a relation comes back with the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComesBackWith {
    /// What the relation leads to is needed by where it starts.
    Target,
    /// Where it starts belongs to what it leads to.
    Source,
    Both,
}

impl Rel {
    /// Which end belongs to the application of the other.
    pub(crate) fn comes_back_with(self) -> ComesBackWith {
        match self {
            Self::EncryptedBy | Self::StoredIn | Self::CopiesTo | Self::Assumes => ComesBackWith::Target,
            Self::InSubnet | Self::InSubnetGroup => ComesBackWith::Target,
            Self::ReplicaOf | Self::BackupOf | Self::TrustsIssuer => ComesBackWith::Source,
            Self::MemberOf => ComesBackWith::Both,
        }
    }

    /// Where it starts uses what it leads to, which is unused without such a relation.
    pub(crate) fn is_use(self) -> bool {
        match self {
            Self::EncryptedBy | Self::StoredIn | Self::CopiesTo | Self::Assumes => true,
            Self::InSubnet | Self::InSubnetGroup => true,
            Self::ReplicaOf | Self::BackupOf | Self::MemberOf | Self::TrustsIssuer => false,
        }
    }
}
