//! Rules of a security group against those of its counterpart, by what they mean: addresses of the own network stand for
//! those of its counterpart, a group for the group that stands in for it, a prefix list for its entries, or for the one of
//! the same name.

use super::addresses::Range;
use super::counterparts::StandIn;
use super::edges::At;
use super::passages::{Passage, Side, lets, rules, unread_list, words};
use super::place::Target;
use super::{Draft, Estate, why};
use crate::model::{Fact, Rel, Resource};

const FACT: &str = "joined.missing_rules";

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
        let (ranges, unread) = self.ranges(at, there);
        let pair = Pair { estate: self, target, ranges, here, there: self.index.get(there) };
        let mut missing = Vec::new();
        for ingress in [true, false] {
            match pair.missing(ingress) {
                Ok((found, doubt)) => {
                    // What it lacks may be let by a range of its network.
                    let doubt = if found.is_empty() { doubt } else { unread.clone().or(doubt) };
                    missing.extend(found.into_iter().filter(|_| unread.is_none()));
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

    /// The ranges of the networks that two groups are in: the first stands for the first, and so on; and why they are not
    /// known.
    fn ranges(&self, here: At, there: At) -> (Vec<(Range, Range)>, Option<String>) {
        let mut unread = None;
        let mut of = |group: At| -> Vec<Range> {
            let network = self.index.to(group, Rel::InNetwork).next().map(|at| self.index.get(at));
            let cidrs = network.and_then(|network| network.network.as_ref()?.cidrs.known());
            if let (None, Some(network)) = (cidrs, network) {
                unread = Some(format!("{}: {}", network.name, why(network, "network.cidrs")));
            }
            cidrs.into_iter().flatten().filter_map(|text| Range::parse(text)).collect()
        };
        (of(here).into_iter().zip(of(there)).collect(), unread)
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
            let sides =
                self.estate.sides(rule, self.there).map_err(|reason| format!("{}: {reason}", self.there.name))?;
            passages.extend(sides.into_iter().map(|(_, side)| Passage { rule, side }));
        }
        // What it lacks may stand in a rule that nobody has seen.
        if let Some(reason) = self.there.unknown.get(path) {
            let lets_all = own.iter().all(|rule| {
                self.estate.sides(rule, self.here).is_ok_and(|sides| {
                    let is_let = |side: Side| lets(&passages, rule, &side) == Some(true);
                    sides.into_iter().all(|(_, side)| self.moved(side).is_ok_and(is_let))
                })
            });
            return if lets_all { Ok((Vec::new(), doubt)) } else { Err(format!("{}: {reason}", self.there.name)) };
        }
        let mut missing = Vec::new();
        for rule in own {
            let sides = match self.estate.sides(rule, self.here) {
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
