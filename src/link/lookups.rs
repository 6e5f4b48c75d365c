//! What joins look up. It is made once, for the whole estate.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use super::edges::At;
use crate::model::{Kind, Measurement, Room};

/// The plans that select each resource.
#[derive(Default)]
pub(super) struct Plans {
    /// By resource: nothing where none selects it, or may.
    pub(super) of: Vec<Option<Box<Selecting>>>,
    /// By schedule and time zone: the longest time between two runs, minutes. `None`: it is not understood.
    pub(super) gaps: HashMap<(String, Option<String>), Option<u64>>,
}

/// The plans that select one resource.
#[derive(Default)]
pub(super) struct Selecting {
    pub(super) sure: Vec<At>,
    /// Those that select it, of a type for which the service is switched off in its region.
    pub(super) off: Vec<At>,
    /// Those of which it cannot be told.
    pub(super) perhaps: Vec<At>,
    /// Why there may be more.
    pub(super) doubt: Option<String>,
    /// Why there may be more that are about to copy it.
    pub(super) copying: Option<String>,
}

/// The applications of every resource.
#[derive(Default)]
pub(super) struct Membership {
    /// By resource: numbers of applications in the configuration's order.
    pub(super) of: Vec<Vec<u16>>,
    /// By resource: something that perhaps belongs to another application, and that it belongs to or is needed by.
    pub(super) doubt: Vec<Option<At>>,
}

impl Membership {
    /// Numbers of the applications that a resource belongs to.
    pub(super) fn of(&self, at: At) -> &[u16] {
        self.of.get(at as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// It perhaps belongs to another application, too: because of which resource.
    pub(super) fn doubt(&self, at: At) -> Option<At> {
        self.doubt.get(at as usize).copied().flatten()
    }
}

/// The parts of each Kubernetes cluster, by the cluster's place and name.
#[derive(Default)]
pub(super) struct Clusters<'a> {
    pub(super) by_name: HashMap<(&'a str, &'a str, &'a str), Vec<At>>,
    /// By place: a scaling group whose tags were not read. It may be one of a cluster's nodes.
    pub(super) untagged: HashMap<(&'a str, &'a str), At>,
}

/// Measurements by what they are taken at.
pub(super) type Measurements<'a> = HashMap<&'a str, Vec<&'a Measurement>>;

/// Account and region, empty where they are not known.
type Place<'a> = (&'a str, &'a str);

/// What stands where, by the part of its name that does not tell its region.
#[derive(Default)]
pub(super) struct Standing<'a> {
    pub(super) by_place: HashMap<(Kind, Place<'a>), BTreeMap<String, Vec<At>>>,
    /// A number for each of them.
    pub(super) numbers: HashMap<(Kind, Place<'a>), usize>,
    /// Once that was asked: many ask for the same.
    pub(super) alone: Mutex<Alone>,
}

/// By the numbers of two places what stands in the first and has no namesake in the second.
type Alone = HashMap<(usize, Option<usize>), Arc<[At]>>;

/// What comes back from each place: by account and region the services that it uses, as actions name them.
pub(super) type Occupied<'a> = HashMap<Place<'a>, BTreeSet<&'static str>>;

/// Between how little and how much something is.
#[derive(Clone, Default)]
pub(super) struct Amount {
    pub(super) least: u64,
    pub(super) most: u64,
    /// Why it may be more than the most.
    pub(super) doubt: Option<String>,
}

impl Amount {
    pub(super) fn add(&mut self, least: u64, most: u64, doubt: Option<&str>) {
        self.least = self.least.saturating_add(least);
        self.most = self.most.saturating_add(most);
        if self.doubt.is_none() {
            self.doubt = doubt.map(str::to_owned);
        }
    }
}

/// What is in a place, and what comes back there, by the number of the quota's row.
#[derive(Default)]
pub(super) struct Load {
    pub(super) here: HashMap<usize, Amount>,
    pub(super) coming: HashMap<usize, Amount>,
}

/// By account and region.
pub(super) type Loads<'a> = HashMap<Place<'a>, Load>;
/// Records of one name and type, by account, zone, name and type.
pub(super) type RecordSets<'a> = HashMap<(&'a str, &'a str, &'a str, &'a str), Vec<At>>;

/// Certificates by place and name.
#[derive(Default)]
pub(super) struct Certificates<'a> {
    pub(super) by_name: HashMap<(&'a str, &'a str, &'a str), Vec<At>>,
    /// By place: one whose names are not all known.
    pub(super) unread: HashMap<Place<'a>, At>,
}

/// Who talks to whom.
#[derive(Default)]
pub(super) struct Clients {
    /// By what stands in: what it stands in for.
    pub(super) sources: HashMap<At, Vec<At>>,
    /// By what runs: what stands in for it.
    pub(super) stand_ins: HashMap<At, At>,
    /// By security group: the databases and caches whose groups let it in.
    pub(super) admitted: HashMap<At, Vec<At>>,
}

impl Clients {
    pub(super) fn stands_in_for(&self, at: At) -> &[At] {
        self.sources.get(&at).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Endpoints that lead to services of the provider, by place and network, as both name it.
pub(super) type Endpoints<'a> = HashMap<(&'a str, &'a str, &'a str), Vec<At>>;

/// Subnets by their network, each with what its name says that it is for.
pub(super) type Subnets = HashMap<At, Vec<(At, Option<String>)>>;

/// By subnet: what is to grow in it finds so much room, or why that is not known.
pub(super) type Rooms = HashMap<At, Result<Room, String>>;

/// The tags of repositories, by repository. Each is sorted when it is first asked for: most never are, and some have
/// many.
#[derive(Default)]
pub(super) struct Registries {
    pub(super) tags: HashMap<At, OnceLock<ImageTags>>,
}

/// Each tag by the position of its image and its own in that image, sorted by tag.
pub(super) type ImageTags = Vec<(u32, u32)>;

/// Images of machines.
#[derive(Default)]
pub(super) struct MachineImages<'a> {
    /// By the id of what they are copies of.
    pub(super) by_source: HashMap<&'a str, Vec<At>>,
    /// By region and name.
    pub(super) by_name: HashMap<(&'a str, &'a str), Vec<At>>,
}

/// What is reserved and free: types of machines with how many, by account and region.
pub(super) type Reservations<'a> = HashMap<Place<'a>, Vec<(&'a str, u32)>>;

/// The types of machines that places offer, by account and region.
pub(super) type MachineTypes<'a> = HashMap<Place<'a>, Offered<'a>>;

/// The types of machines that a place offers.
#[derive(Default)]
pub(super) struct Offered<'a> {
    /// Each with the lists of zones that offer it.
    pub(super) by_type: HashMap<&'a str, Vec<&'a [String]>>,
    /// It may offer more.
    pub(super) is_unread: bool,
}

/// What was asked whether a region offers it: by account, region, engine, version and type.
pub(super) type DatabaseTypes<'a> = HashMap<(&'a str, &'a str, &'a str, &'a str, &'a str), At>;
