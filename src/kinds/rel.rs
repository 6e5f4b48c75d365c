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
    /// It is a part of that network.
    InNetwork,
    /// That security group or network ACL filters what reaches it.
    FilteredBy,
    /// What leaves it goes by that route table, gateway, endpoint or peering.
    RoutedBy,
    /// It runs what that definition or template says.
    RunsFrom,
    /// It runs on that cluster, or on the machines of that group.
    RunsOn,
    /// It runs that image, or holds layers of it.
    UsesImage,
    /// It reads that secret or parameter when it starts.
    ReadsSecret,
    /// It writes its log to that log group.
    LogsTo,
    /// It mounts that file system.
    Mounts,
    /// It talks to that database, cache or service.
    ConnectsTo,
    /// It takes what that queue, stream, table or topic holds.
    Consumes,
    /// It hands requests on to that: a balancer to its targets, a record to a balancer, an edge to its origin.
    SendsTo,
    /// Requests reach it by that target group.
    ReachedBy,
    /// It shows that certificate.
    ShowsCertificate,
    /// It answers only while that health check passes, or that switch is on.
    GatedBy,
    /// It changes how many of it run.
    Scales,
    /// It lets that role in.
    Admits,
    /// Its rules let that security group, or that list of addresses, through.
    LetsThrough,
    /// That function changes its value from time to time.
    RotatedBy,
    /// It is a copy of that, which does not follow it.
    CopyOf,
    /// It hands a part of its names on to that zone.
    DelegatesTo,
}

/// What an edge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeClass {
    /// One is a part of the other.
    Containment,
    /// Requests or data go along it.
    DataFlow,
    /// One may do something only by the other.
    Permission,
    /// One keeps the other's data or takes its place.
    Continuity,
    /// One tells how the other is.
    Observability,
}

/// How an edge is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The provider or the code says so.
    Declared,
    /// Two texts agree: a host name in an environment is the endpoint of a database.
    Matched,
    /// It was seen at work.
    Observed,
}

/// Which end of a relation comes back with the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComesBackWith {
    /// What the relation leads to is needed by where it starts.
    Target,
    /// Where it starts belongs to what it leads to.
    Source,
    Both,
    /// Either comes back without the other.
    Neither,
}

impl ComesBackWith {
    /// What the relation leads to comes along with where it starts.
    pub(crate) fn brings_target(self) -> bool {
        matches!(self, Self::Target | Self::Both)
    }

    /// Where it starts comes along with what it leads to.
    pub(crate) fn brings_source(self) -> bool {
        matches!(self, Self::Source | Self::Both)
    }
}

/// Which end of a relation has to be there before the other one works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// What the relation leads to.
    Target,
    /// Where it starts.
    Source,
    /// Neither waits for the other.
    Neither,
}

impl Rel {
    /// Which end is there first in a recovery. What keeps copies orders nothing: it is about two places.
    pub(crate) fn first(self) -> First {
        match self {
            Self::EncryptedBy | Self::Assumes | Self::TrustsIssuer | Self::Admits => First::Target,
            Self::MemberOf | Self::InSubnet | Self::InSubnetGroup | Self::InNetwork => First::Target,
            Self::FilteredBy | Self::RoutedBy | Self::RunsFrom | Self::RunsOn | Self::UsesImage => First::Target,
            Self::ReadsSecret | Self::LogsTo | Self::Mounts | Self::ConnectsTo | Self::Consumes => First::Target,
            Self::SendsTo | Self::ShowsCertificate | Self::DelegatesTo | Self::Scales => First::Target,
            // A group has healthy targets once something runs that it reaches.
            Self::ReachedBy => First::Source,
            Self::ReplicaOf | Self::BackupOf | Self::CopyOf | Self::StoredIn | Self::CopiesTo => First::Neither,
            Self::GatedBy | Self::LetsThrough | Self::RotatedBy => First::Neither,
        }
    }

    /// Which end belongs to the application of the other.
    pub(crate) fn comes_back_with(self) -> ComesBackWith {
        match self {
            Self::EncryptedBy | Self::StoredIn | Self::CopiesTo | Self::Assumes => ComesBackWith::Target,
            Self::InSubnet | Self::InSubnetGroup | Self::InNetwork => ComesBackWith::Target,
            Self::FilteredBy | Self::RoutedBy | Self::RunsFrom | Self::RunsOn | Self::UsesImage => {
                ComesBackWith::Target
            }
            Self::ReadsSecret | Self::LogsTo | Self::Mounts | Self::ConnectsTo => ComesBackWith::Target,
            Self::Consumes | Self::SendsTo | Self::ShowsCertificate | Self::GatedBy => ComesBackWith::Target,
            Self::Admits | Self::DelegatesTo => ComesBackWith::Target,
            Self::ReplicaOf | Self::BackupOf | Self::CopyOf | Self::TrustsIssuer | Self::Scales => {
                ComesBackWith::Source
            }
            Self::MemberOf | Self::ReachedBy => ComesBackWith::Both,
            // Whoever is let in may belong to anybody, and one function may rotate the secrets of all.
            Self::LetsThrough | Self::RotatedBy => ComesBackWith::Neither,
        }
    }

    /// Where it starts uses what it leads to, which is unused without such a relation.
    pub(crate) fn is_use(self) -> bool {
        match self {
            Self::EncryptedBy | Self::StoredIn | Self::CopiesTo | Self::Assumes => true,
            Self::InSubnet | Self::InSubnetGroup | Self::InNetwork => true,
            Self::FilteredBy | Self::RoutedBy | Self::RunsFrom | Self::RunsOn | Self::UsesImage => true,
            Self::ReadsSecret | Self::LogsTo | Self::Mounts | Self::ConnectsTo => true,
            Self::Consumes | Self::SendsTo | Self::ReachedBy | Self::ShowsCertificate | Self::GatedBy => true,
            Self::RotatedBy | Self::DelegatesTo => true,
            Self::ReplicaOf | Self::BackupOf | Self::CopyOf | Self::MemberOf => false,
            Self::TrustsIssuer | Self::Scales => false,
            // Who may use a cluster does not run in it, and who is let in does not stand behind the group.
            Self::Admits | Self::LetsThrough => false,
        }
    }

    /// As it is written.
    pub fn word(self) -> String {
        word(self)
    }

    /// What an edge of it is for.
    pub fn class(self) -> EdgeClass {
        match self {
            Self::MemberOf | Self::InSubnet | Self::InSubnetGroup | Self::InNetwork => EdgeClass::Containment,
            Self::RunsFrom | Self::RunsOn | Self::UsesImage => EdgeClass::Containment,
            Self::ConnectsTo | Self::SendsTo | Self::ReachedBy | Self::Consumes | Self::Mounts => EdgeClass::DataFlow,
            Self::RoutedBy | Self::DelegatesTo => EdgeClass::DataFlow,
            Self::FilteredBy | Self::Assumes | Self::TrustsIssuer | Self::EncryptedBy => EdgeClass::Permission,
            Self::ReadsSecret | Self::ShowsCertificate | Self::Admits | Self::LetsThrough => EdgeClass::Permission,
            Self::ReplicaOf | Self::BackupOf | Self::CopyOf | Self::StoredIn | Self::CopiesTo => EdgeClass::Continuity,
            Self::LogsTo | Self::GatedBy | Self::Scales | Self::RotatedBy => EdgeClass::Observability,
        }
    }
}

/// The word of a value, as serde writes it.
fn word(of: impl Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

impl EdgeClass {
    /// As it is written.
    pub fn word(self) -> String {
        word(self)
    }
}

impl Confidence {
    /// As it is written.
    pub fn word(self) -> String {
        word(self)
    }
}
