//! Room in the subnets of a recovery place: whether what is to grow there when its source is lost finds addresses.
//!
//! What counts is one address for each task that has a network of its own and one for each machine, as many as the source is
//! to run, less those that run there already. Functions share addresses that they have from the day on which they were made;
//! how many addresses pods take beside their nodes nobody outside the cluster knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ipnet::Ipv4Net;

use super::capacity::would_run;
use super::edges::At;
use super::lookups::{Amount, Rooms};
use super::seen::Gap;
use super::zones::is_behind_a_cluster;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, Kind, Rel, Resource, Room, ZoneRoom};

const FACT: &str = "joined.room";

/// Addresses of each subnet that the provider keeps for itself.
/// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
const KEPT: u64 = 5;

/// Of so many different lists of subnets that hang together, each is looked at; of more, all of them together only.
const COMPARED: usize = 100;

/// What the same subnets are for.
#[derive(Clone, Default)]
struct Asked {
    /// What is to be added to what runs there.
    more: Amount,
    /// With what runs there.
    all: Amount,
}

/// Lists of subnets, and what each is for.
type Lists = BTreeMap<Vec<At>, Asked>;

impl<'a> Estate<'a> {
    /// Finds for each subnet that something is to grow in how much room there is. What may choose between several has the
    /// room of all of them. Of the sets of subnets that a subnet is in, the tightest counts.
    pub(super) fn rooms(&self) -> Rooms {
        let mut lists = Lists::new();
        for kind in Kind::all().filter(|kind| is_counted(*kind)) {
            for at in self.index.of_kind(kind).iter().copied() {
                let resource = self.index.get(at);
                let sources = self.clients.stands_in_for(at);
                // Of a group whose cluster is not known, nobody knows what it stands in for.
                let cluster = resource.kubernetes.as_ref().map(|facts| &facts.cluster);
                let is_open =
                    cluster.is_some_and(Fact::is_unknown) && self.is_recovery_side(resource) == Fact::Known(true);
                if (sources.is_empty() && !is_open) || is_behind_a_cluster(resource) {
                    continue;
                }
                let mut subnets: Vec<At> = self.index.to(at, Rel::InSubnet).collect();
                subnets.sort_unstable();
                subnets.dedup();
                if subnets.is_empty() {
                    continue;
                }
                let asked = lists.entry(subnets).or_default();
                if sources.is_empty() {
                    let reason = format!("{}: {}", resource.name, why(resource, "kubernetes.cluster"));
                    [&mut asked.more, &mut asked.all].into_iter().for_each(|amount| amount.add(0, 0, Some(&reason)));
                } else {
                    self.ask(at, sources, asked);
                }
            }
        }
        let mut rooms = Rooms::new();
        for part in parts(&lists) {
            let whole: Vec<At> =
                part.iter().flat_map(|(list, _)| list.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
            let compared = part.iter().map(|(list, _)| (*list).clone()).filter(|_| part.len() <= COMPARED);
            let sets: BTreeSet<Vec<At>> = compared.chain([whole]).collect();
            for set in sets {
                let is_inside = |list: &[At]| list.iter().all(|at| set.binary_search(at).is_ok());
                let room = self.room(&set, part.iter().filter(|(list, _)| is_inside(list)).map(|(_, asked)| *asked));
                for at in set {
                    let is_tighter = rooms.get(&at).is_none_or(|have| tightness(&room) > tightness(have));
                    if is_tighter {
                        rooms.insert(at, room.clone());
                    }
                }
            }
        }
        rooms
    }

    /// Adds what one of them takes: as many as the largest of its sources is to run.
    fn ask(&self, at: At, sources: &[At], asked: &mut Asked) {
        let here = self.index.get(at);
        let (mut wanted, mut doubt) = (0u64, None);
        for source in sources.iter().map(|source| self.index.get(*source)) {
            let (desired, path) = would_run(source);
            match desired {
                Fact::Known(desired) => wanted = wanted.max(desired.into()),
                Fact::Absent | Fact::Unknown => {
                    doubt = doubt.or_else(|| Some(format!("{}: {}", source.name, why(source, path))));
                }
            }
        }
        if let Some(reason) = here.unknown.get("network.subnets") {
            doubt = doubt.or_else(|| Some(format!("{}: {reason}", here.name)));
        }
        let (own, path) = would_run(here);
        let doubt = doubt.as_deref();
        match own.into_known().map(u64::from) {
            Some(own) => {
                asked.more.add(wanted.saturating_sub(own), wanted.saturating_sub(own), doubt);
                asked.all.add(wanted.max(own), wanted.max(own), doubt);
            }
            None => {
                let reason = format!("{}: {}", here.name, why(here, path));
                asked.more.add(0, wanted, doubt.or(Some(&reason)));
                asked.all.add(wanted, wanted, doubt.or(Some(&reason)));
            }
        }
    }

    /// Whether all of that finds room in those subnets together.
    fn room<'s>(&self, set: &[At], asked: impl Iterator<Item = &'s Asked>) -> Result<Room, String> {
        let subnets: Vec<&Resource> = set.iter().map(|at| self.index.get(*at)).collect();
        let free = |subnet: &Resource| subnet.network.as_ref().and_then(|it| it.free_addresses.known()).copied();
        // What runs there has its addresses already. Where nobody knows how many are free, all of them are there for all.
        let is_seen = subnets.iter().any(|subnet| free(subnet).is_some());
        let (mut needed, mut least, mut most) = (Amount::default(), 0u64, Some(0u64));
        for asked in asked {
            let own = if is_seen { &asked.more } else { &asked.all };
            needed.add(own.least, own.most, own.doubt.as_deref());
        }
        let mut zones: BTreeMap<&str, Option<u64>> = BTreeMap::new();
        for subnet in &subnets {
            let own = free(subnet).map(u64::from);
            least = least.saturating_add(own.unwrap_or_default());
            most = most.zip(own.or_else(|| size(subnet))).map(|(sum, own)| sum.saturating_add(own));
            let zone = subnet.redundancy.as_ref().and_then(|facts| facts.zones.known()?.first());
            let sum = zones.entry(zone.map_or("", String::as_str)).or_insert(Some(0));
            *sum = sum.zip(own).map(|(sum, own)| sum.saturating_add(own));
        }
        let room = |needed: u64, free: u64| Room {
            subnets: Fact::Known(subnets.iter().map(|subnet| subnet.name.clone()).collect()),
            needed: Fact::Known(needed),
            free: Fact::Known(free),
            zones: zones
                .iter()
                .map(|(zone, free)| ZoneRoom {
                    zone: Fact::from_known(Some((*zone).to_owned()).filter(|zone| !zone.is_empty())),
                    free: Fact::from_known(*free),
                })
                .collect::<Vec<_>>()
                .into(),
        };
        if let Some(most) = most.filter(|most| needed.least > *most) {
            return Ok(room(needed.least, most));
        }
        match needed.doubt {
            None if needed.most <= least => Ok(room(needed.most, least)),
            Some(reason) => Err(reason),
            None => {
                let unread = subnets.iter().find(|subnet| free(subnet).is_none());
                Err(unread.map_or_else(String::new, |it| format!("{}: {}", it.name, why(it, "network.free_addresses"))))
            }
        }
    }

    /// Fills how much room there is in a subnet that something is to grow in.
    pub(super) fn join_room(&self, at: At, draft: &mut Draft) {
        let subnet = self.index.get(at);
        if subnet.kind != self.kinds.subnet {
            return;
        }
        // What nobody has seen can only take more.
        let gap = || {
            let kinds: Vec<Kind> = Kind::all().filter(|kind| is_counted(*kind)).collect();
            self.gap_of_coming(&kinds, subnet)
        };
        match self.rooms.get(&at) {
            None => {
                // A plan shows its own workspace only: where nothing of it grows, there is nothing to ask.
                let is_denied = |gap: &Gap<'_>| !matches!(gap, Gap::Row(row) if row.is_of_a_workspace());
                let waits = self.is_recovery_side(subnet) == Fact::Known(true);
                match waits.then(gap).flatten().filter(is_denied) {
                    Some(gap) => draft.mark(FACT, gap.sentence()),
                    None => draft.joined.room = Fact::Absent,
                }
            }
            Some(Err(reason)) => draft.mark(FACT, reason.clone()),
            Some(Ok(room)) => match gap().filter(|_| room.needed.known() <= room.free.known()) {
                Some(gap) => draft.mark(FACT, gap.sentence()),
                None => {
                    draft.rests_on("room", Some(subnet));
                    draft.joined.room = Fact::Known(room.clone());
                }
            },
        }
    }
}

/// It has an address for each that runs.
fn is_counted(kind: Kind) -> bool {
    matches!(kind.info().class, Class::ContainerService | Class::ScalingGroup | Class::NodeGroup)
}

/// What is too small first, then what is not known, then by how little is left.
fn tightness(room: &Result<Room, String>) -> (u8, u64) {
    match room {
        Ok(room) => {
            let (needed, free) = (room.needed.known().copied(), room.free.known().copied());
            let (needed, free) = (needed.unwrap_or_default(), free.unwrap_or_default());
            match needed.checked_sub(free) {
                Some(lack) if lack > 0 => (2, lack),
                _ => (0, u64::MAX - free.saturating_sub(needed)),
            }
        }
        Err(_) => (1, 0),
    }
}

/// The most addresses that there can be in a subnet.
fn size(subnet: &Resource) -> Option<u64> {
    let cidrs = subnet.network.as_ref()?.cidrs.known()?;
    let sizes = cidrs.iter().filter_map(|text| text.parse::<Ipv4Net>().ok());
    sizes.map(|range| (1u64 << (32 - u32::from(range.prefix_len()))).saturating_sub(KEPT)).reduce(u64::saturating_add)
}

/// Lists that hang together, as they share subnets.
fn parts(lists: &Lists) -> Vec<Vec<(&Vec<At>, &Asked)>> {
    let all: Vec<(&Vec<At>, &Asked)> = lists.iter().collect();
    let mut of_subnet: HashMap<At, Vec<usize>> = HashMap::new();
    for (number, (list, _)) in all.iter().enumerate() {
        list.iter().for_each(|at| of_subnet.entry(*at).or_default().push(number));
    }
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for start in 0..all.len() {
        let (mut part, mut open) = (Vec::new(), vec![start]);
        while let Some(number) = open.pop() {
            if !seen.insert(number) {
                continue;
            }
            let Some((list, asked)) = all.get(number) else { continue };
            part.push((*list, *asked));
            // Each subnet is followed once.
            open.extend(list.iter().filter_map(|at| of_subnet.remove(at)).flatten());
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}
