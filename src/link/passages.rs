//! What the rules of security groups let through, to or from whom.

use super::Estate;
use super::addresses::Range;
use super::edges::At;
use super::index::place;
use crate::model::{FirewallRule, Kind, Resource};

/// One side of a connection.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Side {
    Addresses(Range),
    Group(At),
    /// A prefix list by its name, with its entries where they are known.
    List(String, Option<Vec<Range>>),
    /// Whatever else is only a text.
    Named(String),
}

/// What one rule lets through, to or from one side.
#[derive(Clone, Debug)]
pub(super) struct Passage<'a> {
    pub rule: &'a FirewallRule,
    pub side: Side,
}

impl<'a> Estate<'a> {
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

    /// The sides of a rule, each with its text.
    pub(super) fn sides(&self, rule: &FirewallRule, of: &Resource) -> Result<Vec<(String, Side)>, String> {
        let (Some(cidrs), Some(groups), Some(lists)) =
            (rule.cidrs.known(), rule.groups.known(), rule.prefix_lists.known())
        else {
            return Err("what a rule is about is known only after apply".to_owned());
        };
        if rule.protocol.is_unknown() || rule.from_port.is_unknown() || rule.to_port.is_unknown() {
            return Err("the ports of a rule are known only after apply".to_owned());
        }
        let index = &self.index;
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
            let found = self.prefix_list(of, text);
            let name = found.map_or(text.as_str(), |list| list.name.as_str());
            let entries = self.entries(of, text);
            let entries = entries.map(|all| all.iter().filter_map(|text| Range::parse(text)).collect());
            (format!("prefix list {name}"), Side::List(name.replace(region, ""), entries))
        });
        Ok(addresses.chain(groups).chain(lists).collect())
    }
}

/// The rules of a group for one direction, if they are known.
pub(super) fn rules(group: &Resource, ingress: bool) -> Option<&Vec<FirewallRule>> {
    let firewall = group.firewall.as_ref()?;
    if ingress { firewall.ingress.known() } else { firewall.egress.known() }
}

/// Whether one of these lets through all that a rule does, to or from that side. `None`: not all of what is let through is
/// known.
pub(super) fn lets(passages: &[Passage<'_>], rule: &FirewallRule, side: &Side) -> Option<bool> {
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

/// Why it is not known what a prefix list lets through.
pub(super) fn unread_list(side: &str) -> String {
    format!("{side}: the entries of a prefix list are not known")
}

/// Lists of the addresses of a service are what they are called: their entries are the provider's.
fn is_of_provider(list: &str) -> bool {
    list.starts_with("com.amazonaws.")
}

/// `tcp 5432 from group app`
pub(super) fn words(rule: &FirewallRule, ingress: bool, side: &str) -> String {
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
