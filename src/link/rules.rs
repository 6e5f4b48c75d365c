//! Rules of a security group against those of its counterpart, by what they mean: addresses of the own network stand for
//! those of its counterpart, a group for the group that stands in for it, a prefix list for its entries, or for the one of
//! the same name.

use super::addresses::Range;
use super::counterparts::StandIn;
use super::edges::At;
use super::index::place;
use super::place::Target;
use super::{Draft, Estate, why};
use crate::model::{Fact, FirewallRule, Kind, Rel, Resource};

const FACT: &str = "joined.missing_rules";

/// One side of a connection.
#[derive(Clone, Debug, PartialEq)]
enum Side {
    Addresses(Range),
    Group(At),
    /// A prefix list by its name, with its entries where they are known.
    List(String, Option<Vec<Range>>),
    /// Whatever else is only a text.
    Named(String),
}

/// What one rule lets through, to or from one side.
#[derive(Clone, Debug)]
struct Passage<'a> {
    rule: &'a FirewallRule,
    side: Side,
}

/// Two networks, and the groups whose rules are compared.
struct Pair<'e, 'a> {
    estate: &'e Estate<'a>,
    target: Target<'a>,
    /// Ranges of either network, in the order of the first one's.
    ranges: Vec<(Range, Range)>,
    here: &'a Resource,
    there: &'a Resource,
}

impl<'a> Estate<'a> {
    /// Fills what the counterpart of a security group does not let through. The counterpart must be there already.
    pub(super) fn join_rules(&self, at: At, target: Option<Target<'a>>, draft: &mut Draft) {
        let here = self.index.get(at);
        if here.kind != self.kinds.security_group {
            return;
        }
        let Some(target) = target else {
            draft.joined.missing_rules = Fact::Absent;
            return;
        };
        let there = match &draft.joined.counterpart {
            Fact::Known(there) => there.id.text().and_then(|id| self.index.by_id(id)),
            Fact::Absent => {
                draft.joined.missing_rules = Fact::Absent;
                return;
            }
            Fact::Unknown => None,
        };
        let Some(there) = there else {
            let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart was not found").to_owned();
            return draft.mark(FACT, reason);
        };
        let pair = Pair { estate: self, target, ranges: self.ranges(at, there), here, there: self.index.get(there) };
        let mut missing = Vec::new();
        for ingress in [true, false] {
            match pair.missing(ingress) {
                Ok((found, doubt)) => {
                    missing.extend(found);
                    if let Some(reason) = doubt {
                        draft.mark(FACT, reason);
                    }
                }
                Err(reason) => draft.mark(FACT, reason),
            }
        }
        if !missing.is_empty() || !draft.is_marked(FACT) {
            draft.joined.missing_rules = Fact::Known(missing);
        }
    }

    /// The prefix list that something names.
    fn prefix_list(&self, from: &Resource, name: &str) -> Option<&'a Resource> {
        let (account, region) = place(from);
        let named = || self.index.by_name_from(from, (Kind::of("aws.ec2.prefix-list"), account, region, name));
        self.index.by_id(name).or_else(named).map(|at| self.index.get(at))
    }

    /// The entries of a prefix list that something names, if all of them are known.
    pub(super) fn entries(&self, from: &Resource, name: &str) -> Option<&'a Vec<String>> {
        let list = self.prefix_list(from, name)?;
        let known = list.network.as_ref()?.cidrs.known()?;
        (!list.unknown.contains_key("network.cidrs")).then_some(known)
    }

    /// The ranges of the networks that two groups are in: the first stands for the first, and so on.
    fn ranges(&self, here: At, there: At) -> Vec<(Range, Range)> {
        let of = |group: At| -> Vec<Range> {
            let network = self.index.to(group, Rel::InNetwork).next().map(|at| self.index.get(at));
            let cidrs = network.and_then(|network| network.network.as_ref()?.cidrs.known());
            cidrs.into_iter().flatten().filter_map(|text| Range::parse(text)).collect()
        };
        of(here).into_iter().zip(of(there)).collect()
    }
}

impl<'a> Pair<'_, 'a> {
    /// The rules of this group that its counterpart lacks, in words, and why there may be more; or why it cannot be told.
    fn missing(&self, ingress: bool) -> Result<(Vec<String>, Option<String>), String> {
        let path = if ingress { "firewall.ingress" } else { "firewall.egress" };
        let mut doubt = self.here.unknown.get(path).map(|reason| format!("{}: {reason}", self.here.name));
        let (Some(own), Some(theirs)) = (rules(self.here, ingress), rules(self.there, ingress)) else {
            let silent = if rules(self.here, ingress).is_none() { self.here } else { self.there };
            return Err(format!("{}: {}", silent.name, why(silent, path)));
        };
        let mut passages = Vec::new();
        for rule in theirs {
            let sides = self.sides(rule, self.there).map_err(|reason| format!("{}: {reason}", self.there.name))?;
            passages.extend(sides.into_iter().map(|(_, side)| Passage { rule, side }));
        }
        // What it lacks may stand in a rule that nobody has seen.
        if let Some(reason) = self.there.unknown.get(path) {
            let lets_all = own.iter().all(|rule| {
                self.sides(rule, self.here).is_ok_and(|sides| {
                    let is_let = |side: Side| lets(&passages, rule, &side) == Some(true);
                    sides.into_iter().all(|(_, side)| self.moved(side).is_ok_and(is_let))
                })
            });
            return if lets_all { Ok((Vec::new(), doubt)) } else { Err(format!("{}: {reason}", self.there.name)) };
        }
        let mut missing = Vec::new();
        for rule in own {
            let sides = match self.sides(rule, self.here) {
                Ok(sides) => sides,
                Err(reason) => {
                    doubt.get_or_insert(format!("{}: {reason}", self.here.name));
                    continue;
                }
            };
            for (text, side) in sides {
                match self.moved(side) {
                    Ok(side) => match lets(&passages, rule, &side) {
                        Some(true) => {}
                        Some(false) => missing.push(words(rule, ingress, &text)),
                        None => drop(doubt.get_or_insert_with(|| unread_list(&text))),
                    },
                    Err(reason) => drop(doubt.get_or_insert(reason)),
                }
            }
        }
        Ok((missing, doubt))
    }

    /// The sides of a rule, each with its text.
    fn sides(&self, rule: &FirewallRule, of: &'a Resource) -> Result<Vec<(String, Side)>, String> {
        let (Some(cidrs), Some(groups), Some(lists)) =
            (rule.cidrs.known(), rule.groups.known(), rule.prefix_lists.known())
        else {
            return Err("what a rule is about is known only after apply".to_owned());
        };
        if rule.protocol.is_unknown() || rule.from_port.is_unknown() || rule.to_port.is_unknown() {
            return Err("the ports of a rule are known only after apply".to_owned());
        }
        let index = &self.estate.index;
        let (account, region) = place(of);
        let addresses = cidrs
            .iter()
            .map(|text| (text.clone(), Range::parse(text).map_or_else(|| Side::Named(text.clone()), Side::Addresses)));
        let groups = groups.iter().map(|text| {
            let found = index.by_id(text).or_else(|| index.by_name(of.kind, account, region, text));
            let name = found.map_or_else(|| text.clone(), |at| format!("group {}", index.get(at).name));
            (name, found.map_or_else(|| Side::Named(text.clone()), Side::Group))
        });
        let lists = lists.iter().map(|text| {
            let found = self.estate.prefix_list(of, text);
            let name = found.map_or(text.as_str(), |list| list.name.as_str());
            let entries = self.estate.entries(of, text);
            let entries = entries.map(|all| all.iter().filter_map(|text| Range::parse(text)).collect());
            (format!("prefix list {name}"), Side::List(name.replace(region, ""), entries))
        });
        Ok(addresses.chain(groups).chain(lists).collect())
    }

    /// What stands in the counterpart's network for a side of this one.
    fn moved(&self, side: Side) -> Result<Side, String> {
        match side {
            Side::Addresses(range) => {
                let moved = self.ranges.iter().find_map(|(from, to)| range.moved(*from, *to));
                Ok(Side::Addresses(moved.unwrap_or(range)))
            }
            Side::Group(at) => match self.estate.namesake_in_network(at, &self.target) {
                StandIn::There(there, _) => Ok(Side::Group(there)),
                StandIn::Nowhere => Ok(Side::Named(format!("group {}", self.estate.index.get(at).name))),
                StandIn::Unclear(reason) => Err(reason),
            },
            Side::List(name, entries) => {
                let moved =
                    |range: Range| self.ranges.iter().find_map(|(from, to)| range.moved(*from, *to)).unwrap_or(range);
                Ok(Side::List(name, entries.map(|all| all.into_iter().map(moved).collect())))
            }
            Side::Named(text) => Ok(Side::Named(text)),
        }
    }
}

fn rules(group: &Resource, ingress: bool) -> Option<&Vec<FirewallRule>> {
    let firewall = group.firewall.as_ref()?;
    if ingress { firewall.ingress.known() } else { firewall.egress.known() }
}

/// Whether one of these lets through all that a rule does, to or from that side. `None`: not all of what is let through is
/// known.
fn lets(passages: &[Passage<'_>], rule: &FirewallRule, side: &Side) -> Option<bool> {
    let has_ports = |wide: &FirewallRule| {
        let first = wide.from_port.is_absent() || wide.from_port.known() <= rule.from_port.known();
        let last =
            wide.to_port.is_absent() || (rule.to_port.is_known() && wide.to_port.known() >= rule.to_port.known());
        (first && last && (wide.from_port.is_absent() || rule.from_port.is_known()))
            || (wide.from_port, wide.to_port) == (rule.from_port, rule.to_port)
    };
    let fits = |passage: &&Passage<'_>| {
        let wide = passage.rule;
        wide.protocol.text() == Some("all") || (wide.protocol == rule.protocol && has_ports(wide))
    };
    let sides = || passages.iter().filter(fits).map(|passage| &passage.side);
    let holds = |range: &Range| {
        sides().any(|there| match there {
            Side::Addresses(wide) => wide.holds(*range),
            Side::List(_, Some(all)) => all.iter().any(|wide| wide.holds(*range)),
            _ => false,
        })
    };
    // What a list that nobody has read lets through may be this.
    let unread = || sides().any(|there| matches!(there, Side::List(name, None) if !is_of_provider(name)));
    let found = match side {
        Side::Addresses(range) => holds(range),
        Side::List(_, Some(all)) => all.iter().all(holds),
        Side::List(name, None) if is_of_provider(name) => {
            sides().any(|there| matches!(there, Side::List(other, _) if other == name))
        }
        Side::List(_, None) => return None,
        Side::Group(_) | Side::Named(_) => return Some(sides().any(|there| there == side)),
    };
    if found || !unread() { Some(found) } else { None }
}

fn unread_list(side: &str) -> String {
    format!("{side}: the entries of a prefix list are not known")
}

/// Lists of the addresses of a service are what they are called: their entries are the provider's.
fn is_of_provider(list: &str) -> bool {
    list.starts_with("com.amazonaws.")
}

/// `tcp 5432 from group app`
fn words(rule: &FirewallRule, ingress: bool, side: &str) -> String {
    let protocol = match rule.protocol.text() {
        Some("all") | None => "everything",
        Some(protocol) => protocol,
    };
    let ports = match (rule.from_port.known(), rule.to_port.known()) {
        (Some(from), Some(to)) if from == to => format!(" {from}"),
        (Some(from), Some(to)) => format!(" {from}-{to}"),
        (Some(from), None) => format!(" {from}"),
        _ => String::new(),
    };
    format!("{protocol}{ports} {} {side}", if ingress { "from" } else { "to" })
}
