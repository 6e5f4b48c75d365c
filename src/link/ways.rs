//! The ways out of a subnet against those of the subnet that stands in for it, by what they mean: where they lead to and
//! whether that comes to the same, not what it is called.

use ipnet::IpNet;

use super::edges::At;
use super::index::place;
use super::place::Target;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, Kind, Rel, Resource, Route, WayOut};

const FACT: &str = "joined.ways_out";

/// A subnet, its table, and the routes of that which are compared.
struct Own<'a> {
    subnet: &'a Resource,
    table: &'a Resource,
    routes: Vec<&'a Route>,
    /// Why there may be more.
    doubt: Option<String>,
}

/// A subnet and what stands in for it, with the table and the routes there.
struct Pair<'e, 'a> {
    estate: &'e Estate<'a>,
    own: &'e Own<'a>,
    there: &'a Resource,
    table: &'a Resource,
    routes: &'a [Route],
}

/// What a route comes to there.
struct Comes {
    /// What is taken there instead. Absent: nothing is.
    there: Fact<String>,
    /// It is missing; or why that is not known.
    missing: Result<bool, String>,
}

impl<'a> Estate<'a> {
    /// Fills the ways out of a subnet. What stands in for it, and what uses it, must be there already.
    pub(super) fn join_ways(&self, at: At, target: Option<Target<'a>>, draft: &mut Draft) {
        if self.index.get(at).kind != self.kinds.subnet {
            return;
        }
        let goes_out = self.goes_out(draft);
        let own = self.own_ways(at);
        let has_none = own.as_ref().is_ok_and(|own| own.routes.is_empty() && own.doubt.is_none());
        if target.is_none() || draft.joined.counterpart.is_absent() || goes_out == Ok(false) || has_none {
            draft.joined.ways_out = Fact::Known(Vec::new());
            return;
        }
        let there = draft.joined.counterpart.known().and_then(|there| self.index.by_id(there.id.text()?));
        let Some(there) = there else {
            // Whether there is one, another policy asks.
            draft.joined.ways_out = Fact::Known(Vec::new());
            let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart was not found").to_owned();
            return draft.mark(FACT, reason);
        };
        let compared = own.and_then(|own| self.compare(&own, there, draft));
        let is_same = |ways: &Vec<WayOut>| ways.iter().all(|way| way.missing == Fact::Known(false));
        let is_same = draft.joined.ways_out.known().is_some_and(is_same);
        // Where nothing is missing, it does not matter who goes there.
        let doubt = goes_out.err().filter(|_| !is_same).inspect(|_| draft.joined.ways_out = Fact::Unknown);
        if let Some(reason) = compared.err().or(doubt) {
            draft.mark(FACT, reason);
        }
    }

    /// Whether something stands in a subnet that calls others, or is called from outside. Databases, caches and file systems
    /// only answer their own network.
    fn goes_out(&self, draft: &Draft) -> Result<bool, String> {
        let users = draft.joined.used_by.known().into_iter().flatten().filter_map(|id| self.index.by_id(id));
        let mut kinds = users.map(|user| self.index.get(user).kind.info());
        if kinds.any(|kind| kind.is_compute() || matches!(kind.class, Class::LoadBalancer | Class::Gateway)) {
            return Ok(true);
        }
        draft.reason("joined.used_by").map_or(Ok(false), |reason| Err(reason.to_owned()))
    }

    /// The routes of a subnet's table that are compared.
    fn own_ways(&self, at: At) -> Result<Own<'a>, String> {
        let table = self.table(at)?;
        let all = routes(table)?;
        let compared = all.iter().filter(|route| route.active != Fact::Known(false) && is_compared(route, all));
        let (routes, unread): (Vec<&Route>, Vec<&Route>) = compared.partition(|route| route.destination.is_known());
        let more = table.unknown.get("routing.routes").map(|reason| format!("{}: {reason}", table.name));
        let unread = || (!unread.is_empty()).then(|| format!("where a route of {} leads is not known", table.name));
        Ok(Own { subnet: self.index.get(at), table, routes, doubt: more.or_else(unread) })
    }

    fn compare(&self, own: &Own<'a>, there: At, draft: &mut Draft) -> Result<(), String> {
        let table = self.table(there)?;
        let pair = Pair { estate: self, own, there: self.index.get(there), table, routes: routes(table)? };
        draft.rests_on("ways_out", Some(table));
        if let Some(reason) = &own.doubt {
            draft.mark(FACT, reason.clone());
        }
        let mut ways = Vec::new();
        for route in &own.routes {
            let destination = route.destination.text().unwrap_or_default();
            let name = pair.list(own.table, destination);
            let Some(Comes { there, missing }) = pair.comes(route, destination, name) else { continue };
            let marks = [("missing", missing.is_err()), ("there", there.is_unknown())];
            if let Err(reason) = &missing {
                let marks = marks.into_iter().filter(|(_, is_unknown)| *is_unknown);
                marks.for_each(|(fact, _)| draft.mark(format!("{FACT}.{fact}"), reason.clone()));
            }
            ways.push(WayOut {
                destination: name.unwrap_or(destination).into(),
                via: route.via.clone(),
                there,
                missing: Fact::from_known(missing.ok()),
            });
        }
        // Nothing that is known of some is not nothing.
        let is_open = ways.is_empty() && own.doubt.is_some();
        draft.joined.ways_out = if is_open { Fact::Unknown } else { Fact::Known(ways) };
        Ok(())
    }

    fn table(&self, subnet: At) -> Result<&'a Resource, String> {
        let table = self.index.to(subnet, Rel::RoutedBy).next().map(|at| self.index.get(at));
        table.ok_or_else(|| format!("the route table of {} is not known", self.index.get(subnet).name))
    }
}

impl<'a> Pair<'_, 'a> {
    /// What a route comes to there. Nothing where it leads into another network of the region: that is lost, too, and what
    /// stands in for it has other addresses.
    fn comes(&self, route: &Route, destination: &str, list: Option<&str>) -> Option<Comes> {
        let unclear = |there: Fact<String>, reason: String| Some(Comes { there, missing: Err(reason) });
        let Some(via) = route.via.text() else {
            return unclear(Fact::Unknown, format!("what the route to {destination} goes through is not known"));
        };
        let range = destination.parse::<IpNet>().ok();
        let taken = match range {
            Some(range) => self.taken(&range, (&range, via)),
            None => self.taken_to_list(list, via),
        };
        if let Some(all) = taken {
            // Where several share a range, the first that does not do the same stands for them.
            let judged = all.into_iter().map(|it| (it, self.does_the_same(via, it, range)));
            let (worst, same) = judged.min_by_key(|(_, same)| same.as_ref().map_or(1, |same| u8::from(*same) * 2))?;
            return Some(Comes { there: worst.via.clone(), missing: same.map(|same| !same) });
        }
        let may_be_near =
            range.is_some_and(|range| range.prefix_len() > 0) && !leads_to_internet(via) && via != "vpn-gateway";
        if may_be_near && range.is_some_and(|range| self.is_in_region(&range)) {
            return None;
        }
        if let Some(reason) = self.table.unknown.get("routing.routes") {
            return unclear(Fact::Unknown, format!("{}: {reason}", self.table.name));
        }
        if self.routes.iter().any(|route| route.destination.is_unknown()) {
            return unclear(Fact::Unknown, format!("where a route of {} leads is not known", self.table.name));
        }
        if range.is_none() {
            // Lists are compared by their names.
            let is_read = |(table, id): (&'a Resource, &str)| !is_list(id) || self.list(table, id).is_some();
            let theirs = self.routes.iter().filter_map(|route| Some((self.table, route.destination.text()?)));
            let unread = [(self.own.table, destination)].into_iter().chain(theirs).find(|it| !is_read(*it));
            return match unread {
                Some((_, id)) => unclear(Fact::Unknown, format!("the prefix list {id} was not found")),
                None => Some(Comes { there: Fact::Absent, missing: Ok(true) }),
            };
        }
        let (seen, vpc) = (&self.estate.seen, self.estate.kinds.vpc);
        let near = self.own.subnet.region().unwrap_or_default();
        match may_be_near.then(|| seen.more_in_accounts(near, vpc)).flatten() {
            Some(gap) => unclear(Fact::Absent, format!("it may be a network of the region: {}", gap.sentence())),
            None => Some(Comes { there: Fact::Absent, missing: Ok(true) }),
        }
    }

    /// The routes that are taken there to a range: the most specific that holds all of it, else those that share it.
    fn taken(&self, range: &IpNet, (whole, via): (&IpNet, &str)) -> Option<Vec<&'a Route>> {
        if let Some((best, route)) = most_specific(self.routes.iter(), range) {
            // By a peering it gets to one network only.
            let ends = whole.prefix_len() == 0 && route.via.text() == Some("peering");
            return (leads_there(route, via, whole.contains(&best)) && !ends).then(|| vec![route]);
        }
        let has_parts = self.routes.iter().filter_map(net).any(|it| range.contains(&it));
        let halves = range.subnets(range.prefix_len() + 1).ok().filter(|_| has_parts)?;
        let parts: Option<Vec<Vec<&Route>>> = halves.map(|half| self.taken(&half, (whole, via))).collect();
        parts.map(|parts| parts.concat())
    }

    /// The route that is taken there to a prefix list of that name, or else what leads everywhere.
    fn taken_to_list(&self, name: Option<&str>, via: &str) -> Option<Vec<&'a Route>> {
        let named = |route: &&Route| {
            let theirs = route.destination.text().and_then(|id| self.list(self.table, id));
            let bare = |name: &str, of: &Resource| name.replace(of.region().unwrap_or_default(), "");
            name.zip(theirs).is_some_and(|(own, theirs)| bare(own, self.own.table) == bare(theirs, self.table))
        };
        if let Some(route) = self.routes.iter().find(named) {
            return (route.active != Fact::Known(false)).then(|| vec![route]);
        }
        let mut everywhere = self.routes.iter().filter(|route| net(route).is_some_and(|it| it.prefix_len() == 0));
        everywhere.find(|route| leads_there(route, via, false)).map(|route| vec![route])
    }

    /// The name of a prefix list that a table names.
    fn list(&self, table: &'a Resource, id: &str) -> Option<&'a str> {
        let (account, region) = place(table);
        let list = (Kind::of("aws.ec2.prefix-list"), account, region, id);
        is_list(id)
            .then(|| self.estate.index.by_name_from(table, list))?
            .map(|at| self.estate.index.get(at).name.as_str())
    }

    /// Whether a route there does what the own one does; or why that is not known.
    fn does_the_same(&self, via: &str, taken: &Route, range: Option<IpNet>) -> Result<bool, String> {
        let Some(other) = taken.via.text() else {
            return Err(format!("what a route of {} goes through is not known", self.table.name));
        };
        match (via, other) {
            (_, "local") => Ok(true),
            (one, other) if one == other => Ok(true),
            // Nobody calls in through these.
            ("internet-gateway", "nat-gateway" | "egress-only" | "transit-gateway" | "vpn-gateway" | "peering") => {
                Ok(false)
            }
            ("internet-gateway", _) => {
                Err(format!("whether calls come in by the {other} that {} leads to is not known", self.table.name))
            }
            // Only what has a public address gets out by it. Those of IPv6 all are.
            (_, "internet-gateway") if matches!(range, Some(IpNet::V4(_))) => {
                let facts = self.there.network.as_ref();
                match facts.map_or(Fact::Unknown, |facts| facts.public_addresses) {
                    Fact::Known(public) => Ok(public),
                    Fact::Absent | Fact::Unknown => {
                        Err(format!("{}: {}", self.there.name, why(self.there, "network.public_addresses")))
                    }
                }
            }
            _ => Ok(true),
        }
    }

    /// It lies in a network of the subnet's own region.
    fn is_in_region(&self, range: &IpNet) -> bool {
        let networks = self.estate.index.of_kind(self.estate.kinds.vpc).iter().map(|at| self.estate.index.get(*at));
        let near = networks.filter(|network| network.region() == self.own.subnet.region());
        near.filter_map(|network| network.network.as_ref()?.cidrs.known())
            .flatten()
            .filter_map(|text| text.parse::<IpNet>().ok())
            .any(|network| network.contains(range))
    }
}

/// All routes of a table.
fn routes(table: &Resource) -> Result<&[Route], String> {
    let known = table.routing.as_ref().and_then(|routing| routing.routes.known());
    known.map(Vec::as_slice).ok_or_else(|| format!("{}: {}", table.name, why(table, "routing.routes")))
}

/// It leads out of its network and region. Gateway endpoints, which alone go by prefix lists, and peerings are asked about
/// elsewhere.
fn is_compared(route: &Route, all: &[Route]) -> bool {
    let destination = route.destination.text().unwrap_or_default();
    let is_local = |other: &Route| {
        other.via.text() == Some("local")
            && net(other).zip(net(route)).is_some_and(|(network, range)| network.contains(&range))
    };
    match route.via.text() {
        Some("local" | "peering") => false,
        Some("endpoint") if is_list(destination) => false,
        _ => !all.iter().any(is_local),
    }
}

/// A route there gets to where the own one leads: it is in force, and does not end in the internet, where that is in a
/// network that the internet knows nothing of.
fn leads_there(route: &Route, via: &str, is_within: bool) -> bool {
    let ends = leads_to_internet(route.via.text().unwrap_or_default()) && !leads_to_internet(via);
    route.active != Fact::Known(false) && (is_within || !ends)
}

fn leads_to_internet(via: &str) -> bool {
    matches!(via, "internet-gateway" | "nat-gateway" | "egress-only")
}

fn is_list(destination: &str) -> bool {
    destination.starts_with("pl-")
}

/// The route that is taken to a range, with its destination: the most specific of those that hold all of it, black holes
/// included.
pub(super) fn most_specific<'r>(routes: impl Iterator<Item = &'r Route>, range: &IpNet) -> Option<(IpNet, &'r Route)> {
    let holding = routes.filter_map(|route| Some((net(route).filter(|net| net.contains(range))?, route)));
    holding.max_by_key(|(net, _)| net.prefix_len())
}

fn net(route: &Route) -> Option<IpNet> {
    route.destination.text()?.parse().ok()
}
