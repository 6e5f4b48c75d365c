//! The row of a kind: everything that the joins ask of it. No field has a default, so that a new kind answers all of it.

use super::class::{Class, Duty};
use super::rel::Rel;

/// What is known of a kind beforehand.
#[derive(Clone, Copy, Debug)]
pub struct KindInfo {
    /// `provider.service.thing`, for example `aws.rds.instance`.
    pub name: &'static str,
    /// The service whose coverage speaks for this kind.
    pub service: &'static str,
    /// For people: `RDS instance`.
    pub title: &'static str,
    /// What it is, in a word that policies are about.
    pub class: Class,
    /// Lives once an account, not in a region.
    pub global: bool,
    /// A live collection reads it.
    pub collected: bool,
    /// Relations that it can have to others, each with the kinds that a bare name in it may mean, the likeliest first.
    /// Without kinds, such a name means nothing.
    pub(crate) edges: &'static [(Rel, &'static [&'static str])],
    /// How its counterpart in the recovery place is found.
    pub(crate) counterpart: Rule,
    /// What follows its data as it changes.
    pub(crate) replicas: Replicas,
    /// Kinds of the copies that its own service makes of its data.
    pub(crate) copies: &'static [&'static str],
    /// How AWS Backup knows it, if it can back it up.
    pub(crate) backup: Option<Backup>,
    /// What it is called where a copy or a replica came by it: for kinds of recovery points and of global clusters, and for those
    /// whose service copies their snapshots to other regions itself.
    pub(crate) mechanism: Option<&'static str>,
}

/// How the counterpart of a resource in its recovery place is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A live replica that is there.
    Replica,
    /// The same, else another cache of the same application, which starts empty.
    Cache,
    /// What runs or serves there in its place: a namesake, else the only one of its application.
    StandIn,
    /// The same for what runs nothing: a network, a group of subnets. If it is the only one of its kind in its place, and
    /// one is in the other, too, that one is meant.
    Twin,
    /// A namesake in the network that stands in for its own.
    InNetwork,
    /// In that network, the subnet that stands where it does: of the same name but for region and zone, or for the same kind
    /// of traffic, in the same position among the zones.
    Subnet,
    /// A live replica that is there, else one of the same kind and name.
    ReplicaOrSameName,
    /// One of the same kind and name.
    SameName,
    /// The same, in another account; in its own account, itself.
    Role,
    /// A replica of the key.
    Key,
    /// What hands events of a source of the same name to what stands in for its function.
    EventSource,
    /// In the Kubernetes cluster that stands in for its own: an add-on of the same name, an access entry for the same
    /// principal.
    InCluster,
    /// The region in which it is to come back.
    Region,
    /// A certificate there whose names cover its own.
    Certificate,
    /// What another record of the same name leads to there.
    Record,
    /// A copy of the image, else one of the same name.
    Image,
    /// It needs none, or its owner brings it along.
    None,
}

/// What follows the data of a resource as it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replicas {
    /// Resources of their own, of these kinds.
    Live(&'static [&'static str]),
    /// Copies that the provider keeps and of which it says only where they are.
    Provider,
    None,
}

/// How AWS Backup knows a kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backup {
    /// Its switch in the settings of a region: the first row that fits the resource counts.
    pub opt_in: &'static [OptIn],
    /// How ARNs of the kind begin, for selections by pattern.
    pub arn: ArnForm,
}

/// A switch in the settings of a region.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OptIn {
    /// Only for resources of that topology.
    pub topology: Option<&'static str>,
    /// The word in the settings.
    pub word: &'static str,
    /// A selection that names the resource makes up for a switch that is off.
    pub a_name_is_enough: bool,
}

/// How an ARN is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArnForm {
    pub service: &'static str,
    /// What stands before the name: `db:`.
    pub name: &'static str,
    /// It names region and account.
    pub has_place: bool,
}

impl KindInfo {
    /// Holds data that would be lost.
    pub fn is_stateful(&self) -> bool {
        self.class.duty() == Duty::Holds
    }

    /// Runs something.
    pub fn is_compute(&self) -> bool {
        self.class.duty() == Duty::Runs
    }

    /// The kinds that a bare name may mean as the end of a relation.
    pub(crate) fn targets(&self, rel: Rel) -> &'static [&'static str] {
        self.edges.iter().find(|(own, _)| *own == rel).map_or(&[], |(_, kinds)| *kinds)
    }

    /// It can have a relation of that type.
    pub(crate) fn has(&self, rel: Rel) -> bool {
        self.edges.iter().any(|(own, _)| *own == rel)
    }
}
